import type { EventType } from '../../events/event-class.js';
import { NotTrackedError } from '../errors/not-tracked.error.js';
import type { TrackedApp } from '../recording/find-tracked-events.js';
import type { TrackedEvent } from '../recording/tracked-event.js';
import type { TrackedEvents } from '../recording/tracked-events.js';
import { notTracked } from './failure-message.js';
import { search } from './search.js';
import type { ClassMatch, ExpectedText, TrackedMatch } from './tracked-match.js';

/**
 * Expects that an application with `WebEngageTestingModule` tracked an event, and returns it, the last one if there are
 * several. It does not wait: a decorated route's event is there once the route has answered, unless a function of its
 * `@TrackEvent()` returned a promise; `await app.get(EventsService).flush()` then.
 *
 * @param app a Nest application or testing module, or what `trackedEvents()` found
 * @param event the event's name, an asymmetric matcher, or the event's class
 * @param partial what else is expected of it: some of its fields, some of its attributes; those of a class by property
 * @throws {NotTrackedError} no event is like that; its message shows the nearest one, and the difference
 * @throws {TestingError} the application records no events, or what is expected makes no sense
 *
 * @example
 * expectTracked(app, 'Added to Cart', { userId: '1', eventData: { 'Product ID': 1337, Price: expect.any(Number) } });
 * expectTracked(app, AddedToCart, { userId: '1', eventData: { productId: 1337 } });
 */
export function expectTracked<Event extends object>(
  app: TrackedApp | TrackedEvents,
  event: EventType<Event>,
  partial?: ClassMatch<Event>,
): TrackedEvent;
export function expectTracked(
  app: TrackedApp | TrackedEvents,
  event: ExpectedText,
  partial?: TrackedMatch,
): TrackedEvent;
export function expectTracked(
  app: TrackedApp | TrackedEvents,
  expected: ExpectedText | EventType,
  partial?: TrackedMatch,
): TrackedEvent {
  const found = search(app, expected, partial);
  const event = found.matching.at(-1);
  if (event !== undefined) return event;
  const error = new NotTrackedError(notTracked(found));
  // The test's line comes first, not this one.
  Error.captureStackTrace(error, expectTracked);
  throw error;
}
