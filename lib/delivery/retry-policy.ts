import type { Answer } from '../http/answer.js';
import type { FailureReason } from './delivery-events.js';
import { isWithinIdempotencyWindow } from './idempotency-window.js';

// More of them would pass every delay, and in the end the range of numbers.
const MAX_DOUBLINGS = 40;

export interface RetryLimits {
  /** How many times an event may be sent, the first attempt included. */
  readonly maxAttempts: number;
  /** The upper bound of the first delay, in milliseconds; it doubles with each attempt. */
  readonly minDelay: number;
  /** The upper bound of every delay, in milliseconds. */
  readonly maxDelay: number;
  /** The longest pause asked for by WebEngage (`Retry-After`) that is waited for, in milliseconds. */
  readonly maxRetryAfter: number;
}

/** How an event stands after an attempt that did not succeed. */
export interface AttemptState {
  /** The attempts so far that count towards `maxAttempts`. */
  readonly attempts: number;
  readonly answer: Answer;
  readonly now: number;
  /** When the idempotency window began: with the first attempt. */
  readonly windowStartedAt: number | undefined;
}

export type RetryDecision = { readonly retryIn: number } | { readonly giveUp: FailureReason };

/**
 * Decides whether an event is sent once more, and when. Retried is only what may succeed: no answer, 408, 429, 5xx,
 * and a 2xx that does not say `queued`.
 */
export function decideRetry(state: AttemptState, limits: RetryLimits, random: () => number): RetryDecision {
  const { attempts, answer, now, windowStartedAt } = state;
  if (!maySucceed(answer)) return { giveUp: 'refused by WebEngage' };
  if (attempts >= limits.maxAttempts) return { giveUp: 'attempts exhausted' };
  const { retryAfter = 0 } = answer;
  if (retryAfter > limits.maxRetryAfter) return { giveUp: 'retry too late' };
  const retryIn = Math.max(retryAfter, backoff(attempts, limits, random));
  if (windowStartedAt !== undefined && !isWithinIdempotencyWindow(windowStartedAt, now + retryIn)) {
    return { giveUp: 'idempotency window over' };
  }
  return { retryIn };
}

/** WebEngage does not let the account in: a wrong key, license code or host. It ingested nothing for certain. */
export function isAccessRefused({ status }: Answer): boolean {
  return status === 401 || status === 403 || status === 404;
}

/** The account's calls are used up: that says nothing of the event. */
export function isOverQuota({ status }: Pick<Answer, 'status'>): boolean {
  return status === 429;
}

/** The host may be down, or something stands in its place: no answer, 5xx, or a 2xx that does not say `queued`. */
export function isFailureOfHost({ queued, status }: Answer): boolean {
  return !queued && (status === undefined || status >= 500 || (status >= 200 && status < 300));
}

/** The host is out of reach, whatever the event: no answer, or a gateway's word that it is down. */
export function isHostOutOfReach({ status }: Answer): boolean {
  return status === undefined || (status >= 502 && status <= 504);
}

function maySucceed(answer: Answer): boolean {
  return isFailureOfHost(answer) || isOverQuota(answer) || answer.status === 408;
}

/** The pause before the next attempt, in milliseconds. Exponential backoff with full jitter: any delay from none up to the bound, so that clients do not march in step. */
export function backoff(attempts: number, { minDelay, maxDelay }: RetryLimits, random: () => number): number {
  return random() * doubled(minDelay, Math.max(attempts - 1, 0), maxDelay);
}

/** A delay after so many doublings, `longest` at most. */
export function doubled(delay: number, times: number, longest: number): number {
  return Math.min(longest, delay * 2 ** Math.min(times, MAX_DOUBLINGS));
}
