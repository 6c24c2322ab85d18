import { describeThrown } from '../../common/describe-value.js';

/** How many violations of one call are collected; reading ends there, so that no input makes the report endless. */
export const MAX_VIOLATIONS = 100;

/**
 * The rule that a violation breaks. `typeConflict`: the attribute's data type is another one than before. `validator`: a
 * decorator of class-validator on an event class says no. The others are WebEngage's, for each event by itself.
 */
export type Rule =
  | 'required'
  | 'type'
  | 'blank'
  | 'length'
  | 'reservedPrefix'
  | 'systemEvent'
  | 'dateFormat'
  | 'dataType'
  | 'attributesPerType'
  | 'typeConflict'
  | 'validator'
  | 'cycle'
  | 'nestingLevels'
  | 'unreadable'
  | 'eventBytes';

/** One broken rule of one event. */
export interface Violation {
  /** Where: `eventName`, `eventData["Price"]`, `eventData["Items"][2]["sku"]`. */
  readonly path: string;
  readonly rule: Rule;
  /** A sentence that holds the path, the limit and the actual. The values of attributes and users' identifiers are not repeated in it. */
  readonly message: string;
}

/**
 * One rule, written once: `check` returns undefined when the value keeps it, else what is wrong, worded so that
 * the value's path can stand before it.
 */
export interface Constraint<Value> {
  readonly rule: Rule;
  readonly check: (value: Value) => string | undefined;
}

export function violation(path: string, rule: Rule, problem: string): Violation {
  return { path, rule, message: `${path} ${problem}` };
}

/** What stands at `path` threw when it was read. */
export function unreadableViolation(path: string, error: unknown): Violation {
  return violation(path, 'unreadable', `could not be read: ${describeThrown(error)}`);
}

/** Where a value stands. The path is asked for only when there is something to say of the value. */
interface Place {
  readonly path: string;
}

/** Holds a value against rules and returns those that it breaks. */
export function violationsOf<Value>(
  value: Value,
  constraints: readonly Constraint<Value>[],
  path: string,
): readonly Violation[] {
  const violations: Violation[] = [];
  addViolations(violations, value, constraints, { path });
  return violations;
}

/** The same, but adds them to those that were found before. */
export function addViolations<Value>(
  violations: Violation[],
  value: Value,
  constraints: readonly Constraint<Value>[],
  place: Place,
): void {
  for (const { rule, check } of constraints) {
    const problem = check(value);
    if (problem !== undefined) violations.push(violation(place.path, rule, problem));
  }
}
