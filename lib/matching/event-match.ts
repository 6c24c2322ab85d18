import { isPlainObject } from '../events/constraints/attribute-type.js';
import { toEventTime } from '../events/event-time.js';
import { isAsymmetricMatcher } from './asymmetric-matcher.js';
import { type Difference, findDifferences } from './differences.js';

/**
 * What is expected of an event. Fields and attributes that are not named may be whatever they are; one that is named
 * with undefined must be absent. In the place of any value may stand an asymmetric matcher of Jest or Vitest, such as
 * `expect.any(String)`.
 *
 * @example
 * { userId: 'johndoe', eventName: 'Added to Cart', eventData: { Price: 39.8, Coupon: undefined } }
 */
export interface EventMatch {
  readonly userId?: unknown;
  readonly anonymousId?: unknown;
  readonly eventName?: unknown;
  /** A Date, or a String as `track()` takes it; either is compared as the library writes it. */
  readonly eventTime?: unknown;
  readonly requestId?: unknown;
  /**
   * Attributes by name, or an asymmetric matcher for all of them. Objects within are partial too; arrays are compared element by element, and have the same
   * length. A Date is compared as the library writes it: `2018-09-15T18:29:00+0000`.
   */
  readonly eventData?: object | undefined;
}

/** An event as it is on the wire. */
export interface MatchableEvent {
  readonly userId?: unknown;
  readonly anonymousId?: unknown;
  readonly eventName?: unknown;
  readonly eventTime?: unknown;
  readonly requestId?: unknown;
  readonly eventData?: unknown;
}

/**
 * Whether an event is as expected.
 *
 * @example
 * matchesEvent(event, { eventName: 'Added to Cart', eventData: { Price: 39.8 } });
 */
export function matchesEvent(event: MatchableEvent, match: EventMatch): boolean {
  return differencesOf(event, match, 1).length === 0;
}

/** Where an event differs from what is expected, at most `limit` places. */
export function differencesOf(event: MatchableEvent, match: EventMatch, limit?: number): Difference[] {
  return findDifferences({ ...match, ...expectedTime(event, match) }, { ...event, ...attributes(event, match) }, limit);
}

/** What `track()` would have made of a time in another format. */
function expectedTime(event: MatchableEvent, { eventTime }: EventMatch): Pick<EventMatch, 'eventTime'> | undefined {
  if (typeof eventTime !== 'string' || eventTime === event.eventTime) return undefined;
  return { eventTime: toEventTime(eventTime) ?? eventTime };
}

/** An event without `eventData` is one without attributes, so each that is expected can be named as absent. */
function attributes({ eventData }: MatchableEvent, match: EventMatch): Pick<MatchableEvent, 'eventData'> | undefined {
  const { eventData: expected } = match;
  const isByName = typeof expected === 'object' && isPlainObject(expected) && !isAsymmetricMatcher(expected);
  return eventData === undefined && isByName ? { eventData: {} } : undefined;
}
