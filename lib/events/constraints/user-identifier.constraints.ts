import { describeValue } from '../../common/describe-value.js';
import { atMost } from './length.constraints.js';
import { limits } from './limits.js';
import { notBlank } from './name.constraints.js';
import { type Constraint, violation, type Violation, violationsOf } from './violation.js';

const userIdentifier: readonly Constraint<string>[] = [notBlank, atMost(limits.userIdentifierLength)];

/** The rules of a `userId` or an `anonymousId` that is given: a String, not blank, short enough. */
export function userIdentifierViolations(value: unknown, path: string): readonly Violation[] {
  if (typeof value !== 'string') return [violation(path, 'type', `must be a String, but is ${describeValue(value)}`)];
  return violationsOf(value, userIdentifier, path);
}

/** WebEngage wants to know whom an event is about: one of the two identifiers is mandatory. */
export function userRequiredViolations(userId: unknown, anonymousId: unknown): readonly Violation[] {
  if (userId !== undefined || anonymousId !== undefined) return [];
  return [violation('userId', 'required', 'or anonymousId is mandatory, but both are undefined')];
}
