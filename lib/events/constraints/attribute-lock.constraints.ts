import { quote } from '../../common/describe-value.js';
import type { AttributeType } from './attribute-type.js';
import { limits } from './limits.js';
import { violation, type Violation } from './violation.js';

/**
 * What WebEngage makes of a data point, by the types that the event's attributes have had so far:
 * - `same`: the attribute has this type;
 * - `new`: it is the attribute's first, and fixes its type for ever;
 * - `conflict`: the attribute has another type; the data point is silently dropped;
 * - `one too many`: the attribute would be the 26th of its type over all instances of the event; it is dropped too.
 *
 * @param locked the attribute's type so far, if it has one
 * @param countOfType how many attributes of the event have the data point's type
 */
export function judgeType(
  type: AttributeType,
  locked: AttributeType | undefined,
  countOfType: number,
): 'same' | 'new' | 'conflict' | 'one too many' {
  if (locked !== undefined) return locked === type ? 'same' : 'conflict';
  return countOfType < limits.attributesPerType ? 'new' : 'one too many';
}

/** An attribute has another type than the one that is locked; `because` says what made it so: `AddedToCart declares it`. */
export function typeConflictViolation(
  path: string,
  type: AttributeType,
  because: string,
  locked: AttributeType,
): Violation {
  const isAboutDates = (type === 'Date' && locked === 'String') || (type === 'String' && locked === 'Date');
  const hint = isAboutDates ? ' (a String counts as a Date exactly if it looks like 2018-09-15T18:29:00-0800)' : '';
  return violation(path, 'typeConflict', `is a ${type}, but ${because} a ${locked}${hint}`);
}

/** An attribute is the 26th of its type over all instances of its event. */
export function oneTooManyViolation(path: string, type: AttributeType, eventName: string): Violation {
  const actual = `the event ${quote(eventName)} has ${limits.attributesPerType} attributes of type ${type} already`;
  return violation(path, 'attributesPerType', `is one too many: ${actual}`);
}
