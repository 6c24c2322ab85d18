import { describeValue, quote } from '../../common/describe-value.js';
import { shorterThan } from './length.constraints.js';
import { limits } from './limits.js';
import { SYSTEM_EVENT_NAMES } from './system-events.js';
import { type Constraint, violation, type Violation, violationsOf } from './violation.js';

const RESERVED_PREFIX = 'we_';

export const notBlank: Constraint<string> = {
  rule: 'blank',
  check: (text) =>
    text.trim() === '' ? `must not be blank, but is ${text === '' ? 'empty' : 'only white space'}` : undefined,
};

const reservedPrefix: Constraint<string> = {
  rule: 'reservedPrefix',
  check: (name) =>
    name.startsWith(RESERVED_PREFIX)
      ? `must not start with "${RESERVED_PREFIX}", which WebEngage reserves and silently ignores, but is ${quote(name)}`
      : undefined,
};

const notSystemEvent: Constraint<string> = {
  rule: 'systemEvent',
  check: (name) =>
    SYSTEM_EVENT_NAMES.has(name)
      ? `must not be the name of a system event, which only WebEngage can create, but is "${name}"`
      : undefined,
};

/** The rules of an attribute's name: not blank, short enough and not reserved. Case matters to WebEngage. */
export const attributeName: readonly Constraint<string>[] = [notBlank, shorterThan(limits.nameLength), reservedPrefix];
const eventName: readonly Constraint<string>[] = [...attributeName, notSystemEvent];

/** The rules of an event's name: a String that is not blank, short enough, not reserved and not a system event's. */
export function eventNameViolations(value: unknown, path = 'eventName'): readonly Violation[] {
  if (value === undefined) return [violation(path, 'required', 'is mandatory, but is undefined')];
  if (typeof value !== 'string') return [violation(path, 'type', `must be a String, but is ${describeValue(value)}`)];
  return violationsOf(value, eventName, path);
}
