import { describeValue } from '../../common/describe-value.js';
import type { EventType } from '../../events/event-class.js';
import { TestingError } from '../errors/testing.error.js';
import type { TrackedApp } from '../recording/find-tracked-events.js';
import type { TrackedEvents } from '../recording/tracked-events.js';
import { notTracked, notYetKnown, tracked, trackedOtherTimes, trackedSoManyTimes } from './failure-message.js';
import { type Search, search } from './search.js';
import type { ClassMatch, ExpectedText, TrackedMatch } from './tracked-match.js';

/** What `expect.extend(webEngageMatchers)` adds to `expect()`, for the declaration that TypeScript needs. */
export interface WebEngageMatchers<Result = unknown> {
  /** Expects that an event of this name or class was tracked, of which also `partial` is true. */
  toHaveTracked<Event extends object>(event: EventType<Event>, partial?: ClassMatch<Event>): Result;
  toHaveTracked(event: ExpectedText, partial?: TrackedMatch): Result;
  /** Expects that so many events of this name or class were tracked of which also `partial` is true. */
  toHaveTrackedTimes<Event extends object>(event: EventType<Event>, times: number, partial?: ClassMatch<Event>): Result;
  toHaveTrackedTimes(event: ExpectedText, times: number, partial?: TrackedMatch): Result;
}

/** What Jest and Vitest call a matcher with. */
interface MatcherState {
  readonly isNot?: boolean;
}

interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/**
 * Matchers for Jest and Vitest, which look at the events that an application with `WebEngageTestingModule` tracked.
 *
 * @example
 * expect.extend(webEngageMatchers);
 *
 * expect(app).toHaveTracked('Added to Cart', { userId: '1', eventData: { Price: 39.8 } });
 * expect(app).toHaveTrackedTimes('Added to Cart', 1);
 * expect(app).not.toHaveTracked('Purchased');
 */
export const webEngageMatchers = {
  toHaveTracked(
    this: MatcherState,
    received: TrackedApp | TrackedEvents,
    event: ExpectedText | EventType,
    partial?: TrackedMatch,
  ): MatcherResult {
    const found = search(received, event, partial);
    const pass = found.matching.length > 0;
    if (!pass && this.isNot) refuseToGuess(found);
    return { pass, message: () => (pass ? tracked(found) : notTracked(found)) };
  },

  toHaveTrackedTimes(
    this: MatcherState,
    received: TrackedApp | TrackedEvents,
    event: ExpectedText | EventType,
    times: number,
    partial?: TrackedMatch,
  ): MatcherResult {
    if (!Number.isSafeInteger(times) || times < 0) {
      const actual = typeof times === 'number' ? String(times) : describeValue(times);
      throw new TestingError(`How many times is expected must be a whole number, but is ${actual}`);
    }
    const found = search(received, event, partial);
    const actual = found.matching.length;
    const pass = actual === times;
    // There will never be fewer: too many stay too many.
    if (pass !== Boolean(this.isNot) && actual <= times) refuseToGuess(found);
    return { pass, message: () => (pass ? trackedSoManyTimes(found, times) : trackedOtherTimes(found, times)) };
  },
};

/** A test must not pass because it looks too early. */
function refuseToGuess(found: Search): void {
  if (found.counts.evaluating > 0) throw new TestingError(notYetKnown(found));
}
