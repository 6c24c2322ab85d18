import type { EventData } from './event-data.js';

/** One custom event as a plain object, with WebEngage's own field names. */
export interface TrackEventInput {
  /** Identifier of a known user: at most 100 characters. One of `userId` and `anonymousId` is mandatory. */
  readonly userId?: string | undefined;
  /** Identifier of an anonymous user: at most 100 characters. WebEngage ignores it when `userId` is given too. */
  readonly anonymousId?: string | undefined;
  /** Shorter than 50 characters; not starting with `we_`; not the name of a system event. */
  readonly eventName: string;
  /**
   * When the event occurred: a Date, a String like `2018-09-15T18:29:00-0800`, or an ISO 8601 String with an offset
   * or `Z`. Absent: the time at which the library accepts the event.
   */
  readonly eventTime?: string | Date | undefined;
  /** The event's attributes by name. */
  readonly eventData?: EventData | undefined;
}
