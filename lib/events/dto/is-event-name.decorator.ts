import type { ValidationOptions } from 'class-validator';
import { eventNameViolations } from '../constraints/name.constraints.js';
import { ruleDecorator } from './rule.decorator.js';

/**
 * The property is a name that WebEngage accepts for a custom event: a String that is not blank, is shorter than 50
 * characters, does not start with `we_` and is not the name of a system event.
 *
 * @example
 * class RenameBody {
 *   @IsEventName() eventName!: string;
 * }
 */
export function IsEventName(options?: ValidationOptions): PropertyDecorator {
  return ruleDecorator('isEventName', (value, path) => eventNameViolations(value, path), options);
}
