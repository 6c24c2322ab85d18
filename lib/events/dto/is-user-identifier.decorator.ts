import type { ValidationOptions } from 'class-validator';
import { userIdentifierViolations } from '../constraints/user-identifier.constraints.js';
import { ruleDecorator } from './rule.decorator.js';

/**
 * The property is a `userId` or an `anonymousId` that WebEngage accepts: a String of at most 100 characters that is
 * not blank.
 *
 * @example
 * class VisitBody {
 *   @IsUserIdentifier() anonymousId!: string;
 * }
 */
export function IsUserIdentifier(options?: ValidationOptions): PropertyDecorator {
  return ruleDecorator('isUserIdentifier', (value, path) => userIdentifierViolations(value, path), options);
}
