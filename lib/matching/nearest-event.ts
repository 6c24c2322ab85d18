import { nameDistance } from './alike-names.js';
import { isAsymmetricMatcher } from './asymmetric-matcher.js';
import { matchesValue } from './differences.js';
import { type EventMatch, matchesEvent, type MatchableEvent } from './event-match.js';

/** More events than this are not held against an expectation one by one: those that came last are. */
const MAX_COMPARED = 10_000;

/**
 * Of many events the one that is nearest to what was expected: one of that name, or else of a name like it, or else any;
 * among those the one with the most fields and attributes as expected, and of several the last. Undefined if there are
 * no events.
 */
export function nearestEvent<Event extends MatchableEvent>(
  events: readonly Event[],
  match: EventMatch,
): Event | undefined {
  let nearest: Event | undefined;
  let most = -1;
  for (const event of ofNearestName(events, match.eventName).slice(-MAX_COMPARED)) {
    const matching = countMatching(event, match);
    if (matching >= most) [nearest, most] = [event, matching];
  }
  return nearest;
}

function ofNearestName<Event extends MatchableEvent>(events: readonly Event[], expected: unknown): readonly Event[] {
  const distances = new Map<unknown, number>();
  let shortest = Infinity;
  for (const { eventName } of events) {
    if (distances.has(eventName)) continue;
    const distance = distanceOf(eventName, expected);
    distances.set(eventName, distance);
    shortest = Math.min(shortest, distance);
  }
  return events.filter(({ eventName }) => distances.get(eventName) === shortest);
}

function distanceOf(eventName: unknown, expected: unknown): number {
  if (typeof expected === 'string' && typeof eventName === 'string') return nameDistance(expected, eventName);
  return expected === undefined || matchesValue(expected, eventName) ? 0 : Infinity;
}

/** How many of the fields, and how many of the attributes, are as expected. */
function countMatching(event: MatchableEvent, { eventData, ...fields }: EventMatch): number {
  let matching = 0;
  for (const [field, expected] of Object.entries(fields)) {
    if (matchesEvent(event, { [field]: expected })) matching++;
  }
  if (eventData === undefined || isAsymmetricMatcher(eventData)) {
    return matching + (matchesEvent(event, { eventData }) ? 1 : 0);
  }
  const attributes = (event.eventData ?? {}) as Record<string, unknown>;
  for (const [name, expected] of Object.entries(eventData)) {
    if (matchesValue(expected, Object.hasOwn(attributes, name) ? attributes[name] : undefined)) matching++;
  }
  return matching;
}
