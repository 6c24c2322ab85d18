/** What the governor reads of an answer: a structural part of `Answer`. */
export interface QuotaAnswer {
  /** WebEngage's status; undefined when no answer came. */
  readonly status: number | undefined;
  /** For how long WebEngage asked not to be called again, in milliseconds. */
  readonly retryAfter?: number;
  /** The account's quota, as `X-RateLimit-Limit` and `X-RateLimit-Remaining` tell it. */
  readonly rateLimit?: { readonly limit?: number; readonly remaining?: number };
}

/** The status of a call beyond the quota. */
export const OVER_QUOTA = 429;
