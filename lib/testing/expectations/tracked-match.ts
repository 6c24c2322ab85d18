import { describeValue, quote } from '../../common/describe-value.js';
import { toEventTime } from '../../events/event-time.js';
import { mostAlike } from '../../matching/alike-names.js';
import { type AsymmetricMatcher, isAsymmetricMatcher } from '../../matching/asymmetric-matcher.js';
import type { EventMatch } from '../../matching/event-match.js';
import type { ValuesOf } from '../../events/event-class.js';
import { isPlainObject } from '../../events/constraints/attribute-type.js';
import { findImpossible } from './find-impossible.js';
import { TestingError } from '../errors/testing.error.js';

/** What a test expects of a text: itself, or what a matcher takes, such as `expect.stringContaining('Cart')`. */
export type ExpectedText = string | AsymmetricMatcher;

/**
 * What a test expects of a tracked event besides its name. What is not named may be whatever it is; what is named with
 * undefined must be absent.
 */
export interface TrackedMatch {
  readonly userId?: ExpectedText | undefined;
  readonly anonymousId?: ExpectedText | undefined;
  /** Compared as the library writes it: `2018-09-15T18:29:00+0000`. */
  readonly eventTime?: ExpectedText | Date | undefined;
  readonly requestId?: ExpectedText | undefined;
  /** Some of the attributes by name, or a matcher for all of them. */
  readonly eventData?: object | undefined;
  /** The account that the event goes to: the `account` of one of several modules. Default: the unnamed one. */
  readonly account?: string | undefined;
}

/** The same for an event class: some of its values by property. */
export type ClassMatch<Event> = Omit<TrackedMatch, 'eventData'> & {
  readonly eventData?: { readonly [Property in keyof ValuesOf<Event>]?: ValuesOf<Event>[Property] | AsymmetricMatcher };
};

const FIELDS = ['userId', 'anonymousId', 'eventTime', 'requestId', 'eventData', 'account'];

/**
 * Puts a name and what else is expected together.
 *
 * @throws {TestingError} no event could ever be like that: with `.not` such a test would pass for nothing
 */
export function readTrackedMatch(eventName: unknown, partial: unknown): EventMatch {
  checkText('eventName', eventName);
  if (partial === undefined) return { eventName };
  if (typeof partial !== 'object' || partial === null || !isPlainObject(partial) || isAsymmetricMatcher(partial)) {
    throw new TestingError(`What is expected of the event must be an object, but is ${describeValue(partial)}`);
  }
  for (const [field, expected] of Object.entries(partial)) checkField(field, expected);
  const match: EventMatch & { account?: unknown } = { eventName, ...partial };
  delete match.account;
  return match;
}

function checkField(field: string, expected: unknown): void {
  if (!FIELDS.includes(field)) throw new TestingError(unknownField(field));
  if (expected === undefined || isAsymmetricMatcher(expected)) return;
  if (field === 'eventTime') return checkTime(expected);
  if (field !== 'eventData') return checkText(field, expected);
  if (typeof expected !== 'object' || expected === null || !isPlainObject(expected)) {
    throw new TestingError(`eventData must be an object of attributes by name, but is ${describeValue(expected)}`);
  }
  checkAttributes(expected);
}

function checkAttributes(expected: Readonly<Record<string, unknown>>): void {
  if (Object.keys(expected).some((name) => name.trim() === '')) {
    throw new TestingError('An attribute of eventData has a blank name: no event has such a one');
  }
  const wrong = findImpossible(expected, 'eventData');
  if (wrong === undefined) return;
  throw new TestingError(
    `${wrong.path} is expected to be ${describeValue(wrong.value)}, but no event holds such a value`,
  );
}

function checkTime(expected: unknown): void {
  if (toEventTime(expected) !== undefined) return;
  const actual = typeof expected === 'string' ? `${quote(expected)}, which is none` : describeValue(expected);
  throw new TestingError(`eventTime must be a Date, or a time as track() takes it, but is ${actual}`);
}

function checkText(field: string, expected: unknown): void {
  if (isAsymmetricMatcher(expected) || (typeof expected === 'string' && expected !== '')) return;
  const actual = expected === '' ? 'empty' : describeValue(expected);
  throw new TestingError(`${field} must be a String, as WebEngage gets it, but is ${actual}`);
}

function unknownField(field: string): string {
  const alike = mostAlike(field, FIELDS);
  const hint = alike === undefined ? 'attributes belong into eventData' : `did you mean ${alike}?`;
  return `"${field}" is no field of an event; ${hint}`;
}
