import { isEventClass } from '../../catalog/event-class/event-class-metadata.js';
import type { ConflictingAttribute } from '../../events/type-conflicts.js';
import { type EventMatch, matchesEvent } from '../../matching/event-match.js';
import { TestingError } from '../errors/testing.error.js';
import { accountsThatTracked, type TrackedApp, trackedEvents } from '../recording/find-tracked-events.js';
import type { TrackedEvent } from '../recording/tracked-event.js';
import { type TrackedCounts, TrackedEvents } from '../recording/tracked-events.js';
import { readExpectedClass } from './expected-class.js';
import { readTrackedMatch, type TrackedMatch } from './tracked-match.js';

/** What was looked for among the recorded events, and what was found. */
export interface Search {
  readonly account: string | undefined;
  /** The class that was looked for, if it was one. */
  readonly className: string | undefined;
  readonly match: EventMatch;
  readonly events: readonly TrackedEvent[];
  readonly matching: readonly TrackedEvent[];
  readonly counts: TrackedCounts;
  readonly conflicts: readonly ConflictingAttribute[];
  /** Why events were refused. */
  readonly refusals: readonly string[];
  /** Other accounts of the application that recorded an event of this name; undefined is the unnamed one. */
  readonly elsewhere: () => readonly (string | undefined)[];
}

/**
 * Looks for the events that are as expected.
 *
 * @throws {TestingError} what was received records no events, or what is expected makes no sense
 */
export function search(received: TrackedApp | TrackedEvents, event: unknown, partial?: TrackedMatch): Search {
  const expected = isEventClass(event) ? readExpectedClass(event, partial) : { eventName: event, partial };
  const match = readTrackedMatch(expected.eventName, expected.partial);
  const tracked = received instanceof TrackedEvents ? received : trackedEvents(received, partial?.account);
  if (partial?.account !== undefined && partial.account !== tracked.account) {
    throw new TestingError(
      `These are not the events of the account "${partial.account}": use trackedEvents(app, account)`,
    );
  }
  const events = tracked.all();
  return {
    account: tracked.account,
    className: 'className' in expected ? expected.className : undefined,
    match,
    events,
    matching: events.filter((event) => matchesEvent(event, match)),
    counts: tracked.counts(),
    conflicts: tracked.typeConflicts(),
    refusals: tracked.refusals(),
    elsewhere: () =>
      received instanceof TrackedEvents
        ? []
        : accountsThatTracked(received, { eventName: match.eventName }, tracked.account),
  };
}
