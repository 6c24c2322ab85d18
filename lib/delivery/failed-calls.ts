import type { FailedEvent } from './delivery-events.js';

/** A call to WebEngage that was given up and is kept: its event, or all the events of a bulk call. */
export interface FailedCall {
  /** The `x-request-id` under which the call was sent. */
  readonly id: string;
  /** When it was given up, in milliseconds since 1970. */
  readonly failedAt: number;
  readonly events: readonly FailedEvent[];
}

/** Which failed calls to list, the latest first. */
export interface FailedCallsPage {
  /** How many of them to leave out. Default: 0. */
  offset?: number;
  /** How many to list at most. Default: 100. */
  limit?: number;
}

/** A delivery's store of failed calls. */
export interface FailedCalls {
  list(page: Required<FailedCallsPage>): Promise<FailedCall[]>;
  /** Sends the call again; false if there is none of that id. */
  retry(id: string): Promise<boolean>;
  /** Removes the call; false if there is none of that id. */
  discard(id: string): Promise<boolean>;
}
