import type { ValidationOptions } from 'class-validator';
import { eventTimeViolations } from '../constraints/event-time.constraints.js';
import { ruleDecorator } from './rule.decorator.js';

/**
 * The property is a time that WebEngage accepts, or that this library can write so: a valid Date, a String like
 * `2018-09-15T18:29:00-0800`, or an ISO 8601 String with an offset or `Z`.
 *
 * @example
 * class PurchaseBody {
 *   @IsOptional() @IsEventTime() purchasedAt?: string;
 * }
 */
export function IsEventTime(options?: ValidationOptions): PropertyDecorator {
  return ruleDecorator('isEventTime', (value, path) => eventTimeViolations(value, path), options);
}
