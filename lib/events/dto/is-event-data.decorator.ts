import { Exclude, Transform, Type, type TransformFnParams, type TypeHelpOptions } from 'class-transformer';
import type { ValidationOptions } from 'class-validator';
import { eventBytesViolation } from '../constraints/event-bytes.constraint.js';
import { limits } from '../constraints/limits.js';
import { readEventData } from '../constraints/event-data.constraints.js';
import type { Violation } from '../constraints/violation.js';
import { ruleDecorator } from './rule.decorator.js';

/**
 * The property is an object of attributes that WebEngage accepts: names shorter than 50 characters that do not start
 * with `we_`; values of WebEngage's types, Strings shorter than 1000 characters, at most 25 attributes of each type.
 *
 * Under `ValidationPipe({ transform: true })` the object arrives as it was sent: class-transformer, left alone, would
 * drop attributes such as `toString`. (ValidationPipe itself deletes `constructor`, `prototype` and `__proto__`.)
 *
 * @example
 * class TrackBody {
 *   @IsEventData() eventData!: EventData;
 * }
 */
export function IsEventData(options?: ValidationOptions): PropertyDecorator {
  const rule = ruleDecorator('isEventData', eventDataViolations, options);
  const skip = Type((help) => (isTakenOver(help) ? Skipped : Object));
  const keepUntouched = Transform(takeOver, { toClassOnly: true });
  return (target, property) => {
    rule(target, property);
    skip(target, property);
    keepUntouched(target, property);
  };
}

/** class-transformer copies no property into this class, so it does not look into the attributes at all. */
@Exclude()
class Skipped {}

/** Whether an instance is being made of an object that has the property under its own name, not one of @Expose(). */
function isTakenOver(help: TypeHelpOptions | undefined): boolean {
  return (
    help !== undefined &&
    Object.getPrototypeOf(help.newObject) !== Object.prototype &&
    Object.hasOwn(help.object, help.property)
  );
}

function takeOver({ obj, key, value }: TransformFnParams): unknown {
  return Object.hasOwn(obj as object, key) ? (obj as Record<string, unknown>)[key] : value;
}

function eventDataViolations(value: unknown, path: string): readonly Violation[] {
  const { violations, outgrown } = readEventData(value, path);
  return outgrown ? [...violations, eventBytesViolation(path, limits.eventBytes, undefined)] : violations;
}
