import { types } from 'node:util';
import { describeValue, quote } from '../../common/describe-value.js';
import { DOCUMENTED_FORMAT, toEventTime } from '../event-time.js';
import { type Constraint, type Violation, violationsOf } from './violation.js';

const eventTime: Constraint<unknown> = {
  rule: 'dateFormat',
  check: (value) =>
    toEventTime(value) === undefined
      ? `must be a real time, as a valid Date or as a String like ${DOCUMENTED_FORMAT} or ISO 8601 with an offset, but is ${describeTime(value)}`
      : undefined,
};

/** The rules of an `eventTime` that is given: it names an instant that WebEngage's format can hold. */
export function eventTimeViolations(value: unknown, path = 'eventTime'): readonly Violation[] {
  return violationsOf(value, [eventTime], path);
}

function describeTime(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  return types.isDate(value) ? 'a Date that is invalid or outside the years 0 to 9999' : describeValue(value);
}
