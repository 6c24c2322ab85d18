import type { Arrival } from './arrival.js';
import type { Verdict } from './sandbox-arrival.js';

/** Which events are wanted. What is not given does not matter. */
export interface ArrivalFilter {
  /** The event's name. */
  readonly event?: string;
  /** The event's `userId` or `anonymousId`. */
  readonly user?: string;
  /** Stands somewhere in the JSON of the event, or of what became of it, in upper or lower case. */
  readonly text?: string;
  /** One of these. */
  readonly verdicts?: readonly Verdict[];
  /** The event came in after the one with this `id`. */
  readonly after?: number;
}

export function passes(arrival: Arrival, { event, user, text, verdicts, after }: ArrivalFilter): boolean {
  const { id, fields } = arrival;
  return (
    (after === undefined || id > after) &&
    (event === undefined || fields.eventName === event) &&
    (user === undefined || fields.userId === user || fields.anonymousId === user) &&
    (verdicts === undefined || verdicts.includes(arrival.verdict)) &&
    (text === undefined || holdsText(arrival, text))
  );
}

function holdsText(arrival: Arrival, text: string): boolean {
  return JSON.stringify(arrival.view()).toLowerCase().includes(text.toLowerCase());
}
