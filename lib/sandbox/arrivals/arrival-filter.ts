import type { Arrival } from './arrival.js';
import type { Verdict } from './sandbox-arrival.js';
import { searchTextOf } from './search-text.js';

/** Which events are wanted. What is not given does not matter. */
export interface ArrivalFilter {
  /** The event's name. */
  readonly event?: string;
  /** The event's `userId` or `anonymousId`. */
  readonly user?: string;
  /** Stands somewhere in the event's name, in upper or lower case. */
  readonly eventContains?: string;
  /** Stands somewhere in the event's `userId`, or else `anonymousId`, in upper or lower case. */
  readonly userContains?: string;
  /** Stands somewhere in the event, or in what became of it, in upper or lower case. */
  readonly text?: string;
  /** One of these. */
  readonly verdicts?: readonly Verdict[];
  /** Something is wrong with it. */
  readonly problems?: boolean;
  /** The event came in after the one with this `id`. */
  readonly after?: number;
}

export function passes(arrival: Arrival, filter: ArrivalFilter): boolean {
  const { event, user, eventContains, userContains, text, verdicts, problems, after } = filter;
  const { id, fields } = arrival;
  return (
    (after === undefined || id > after) &&
    (event === undefined || fields.eventName === event) &&
    (user === undefined || fields.userId === user || fields.anonymousId === user) &&
    (verdicts === undefined || verdicts.includes(arrival.verdict)) &&
    (eventContains === undefined || contains(fields.eventName, eventContains)) &&
    (userContains === undefined || contains(fields.userId ?? fields.anonymousId, userContains)) &&
    (!problems || arrival.allFindings().length > 0) &&
    (text === undefined || searchTextOf(arrival.view()).includes(text.toLowerCase()))
  );
}

function contains(value: unknown, part: string): boolean {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? '');
  return text.toLowerCase().includes(part.toLowerCase());
}
