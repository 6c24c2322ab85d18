import type { Arrival } from './arrival.js';
import type { Verdict } from './sandbox-arrival.js';

/** Which events are wanted. What is not given does not matter. */
export interface ArrivalFilter {
  /** The event's name. */
  readonly event?: string;
  /** The event's `userId` or `anonymousId`. */
  readonly user?: string;
  /** Stands somewhere in the event's JSON, in upper or lower case. */
  readonly text?: string;
  readonly verdict?: Verdict;
  /** The event came in after the one with this `id`. */
  readonly after?: number;
}

export function passes(arrival: Arrival, { event, user, text, verdict, after }: ArrivalFilter): boolean {
  const { id, fields } = arrival;
  return (
    (after === undefined || id > after) &&
    (event === undefined || fields.eventName === event) &&
    (user === undefined || fields.userId === user || fields.anonymousId === user) &&
    (verdict === undefined || arrival.verdict === verdict) &&
    (text === undefined || holdsText(arrival, text))
  );
}

function holdsText({ fields, call }: Arrival, text: string): boolean {
  const { userId, anonymousId, eventName, eventTime, eventData } = fields;
  const { requestId } = call;
  const searched = JSON.stringify({ requestId, userId, anonymousId, eventName, eventTime, eventData });
  return searched.toLowerCase().includes(text.toLowerCase());
}
