/** What came of one call, stripped of all that only HTTP knows. */
export interface Answer {
  /** Whether WebEngage took the event: a 2xx that says `queued`. */
  readonly queued: boolean;
  /** WebEngage's status; undefined when no answer came. */
  readonly status: number | undefined;
  /** WebEngage's words, or what kept it from answering. Never holds the API key. */
  readonly message: string;
  /** Whether WebEngage may have ingested the event all the same. */
  readonly mayBeIngested: boolean;
  /** For how long WebEngage asked not to be called again, in milliseconds. */
  readonly retryAfter?: number;
}
