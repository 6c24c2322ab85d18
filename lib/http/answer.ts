/** What WebEngage's answer says of the account's quota. */
export interface RateLimit {
  /** Calls that the account may make in one window (`X-RateLimit-Limit`). */
  readonly limit?: number;
  /** Calls that are left in this window, of all processes together (`X-RateLimit-Remaining`). */
  readonly remaining?: number;
}

/** What came of one call, stripped of all that only HTTP knows. */
export interface Answer {
  /** Whether WebEngage took the call: a 2xx that says `queued`. */
  readonly queued: boolean;
  /** WebEngage's status; undefined when no answer came. */
  readonly status: number | undefined;
  /** WebEngage's words, or what kept it from answering. Never holds the API key. */
  readonly message: string;
  /** Whether WebEngage may have ingested what the call carried all the same. */
  readonly mayBeIngested: boolean;
  /** For how long WebEngage asked not to be called again, in milliseconds. */
  readonly retryAfter?: number;
  readonly rateLimit?: RateLimit;
}
