import { quote } from '../../common/describe-value.js';
import type { AttributeType } from '../../events/constraints/attribute-type.js';
import { limits } from '../../events/constraints/limits.js';
import type { LockDifference } from './lock-difference.js';

/**
 * Says in one line in what the code differs from a lock file.
 *
 * @example
 * // "Added to Cart": "Price" is a String in the code (AddedToCart.price), but a Number in webengage.lock.json: WebEngage
 * // would silently drop it
 */
export function describeLockDifference(difference: LockDifference, file: string): string {
  return `${quote(difference.eventName)}${describe(difference, file)}`;
}

function describe(difference: LockDifference, file: string): string {
  switch (difference.kind) {
    case 'event added':
      return ` (${difference.classes.join(', ')}) is not in ${file} yet`;
    case 'event removed':
      return `${inBrackets(difference.classes)} is in ${file}, but no longer in the code`;
    case 'event renamed': {
      const { newName, classes } = difference;
      return ` seems to be called ${quote(newName)} now (${classes.join(', ')}): to WebEngage that is another event, and this one gets no more data`;
    }
    case 'classes changed': {
      const { classes, locked } = difference;
      return ` is declared by ${classes.join(', ')}, but by ${locked.join(', ') || 'no class'} in ${file}`;
    }
    case 'limit passed':
      return ` ${difference.problem}, those included that only ${file} has: WebEngage would silently drop what is beyond`;
    default:
      return `: ${quote(difference.attribute)} ${describeAttribute(difference, file)}`;
  }
}

function describeAttribute(difference: Extract<LockDifference, { attribute: string }>, file: string): string {
  const { type } = difference;
  switch (difference.kind) {
    case 'attribute added':
      return `(${type}, ${difference.place}) is not in ${file} yet`;
    case 'attribute declared':
      return `(${type}) is declared by now (${difference.place}), but not in ${file}`;
    case 'attribute removed':
      return `(${type}) is in ${file}, but no longer in the code; WebEngage still counts it among the ${limits.attributesPerType} of its type`;
    case 'attribute renamed': {
      const { newName, place } = difference;
      return `(${type}) seems to be called ${quote(newName)} now (${place}): to WebEngage that is another attribute, and ${quote(difference.attribute)} gets no more values`;
    }
    case 'type changed': {
      const { locked, place, isUndeclared } = difference;
      const where = isUndeclared ? `${file}, among those that no class declared` : file;
      return `is ${withArticle(type)} in the code (${place}), but ${withArticle(locked)} in ${where}: WebEngage would silently drop it`;
    }
  }
}

/** `a Number`. */
export function withArticle(type: AttributeType): string {
  return `a ${type}`;
}

function inBrackets(classes: readonly string[]): string {
  return classes.length === 0 ? '' : ` (${classes.join(', ')})`;
}
