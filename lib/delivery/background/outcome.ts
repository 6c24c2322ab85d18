import type { Call } from '../call.js';
import type { FailureReason } from '../delivery-events.js';
import { decideRetry, isAccessRefused, isHostOutOfReach, isOverQuota, type RetryLimits } from '../retry-policy.js';

/** What an attempt leads to. */
export type Outcome =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'split' }
  /** To be sent again in `delay` milliseconds; WebEngage asked for at least `pause` of them. */
  | { readonly kind: 'wait'; readonly delay: number; readonly pause: number }
  | { readonly kind: 'failed'; readonly reason: FailureReason };

/** The moment of the attempt's end. */
export interface AttemptEnd {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether the attempt was made to see if the host is back. */
  readonly isProbe: boolean;
  /** Whether no further attempt will be made. */
  readonly isLast: boolean;
}

/** Decides what becomes of a call after an attempt, and counts the attempt if it counts. */
export function concludeAttempt(
  call: Call,
  { now, isProbe, isLast }: AttemptEnd,
  limits: RetryLimits,
  random: () => number,
): Outcome {
  const answer = call.lastAnswer;
  if (answer.queued) return { kind: 'delivered' };
  // WebEngage says no more than that one of them is wrong. Nothing was ingested for certain, so it may be told which.
  if (answer.status === 400 && call.envelopes.length > 1 && !call.outcomeUnknown) {
    return isLast ? { kind: 'failed', reason: 'shut down' } : { kind: 'split' };
  }
  if (isAccessRefused(answer) && !isLast) {
    call.restartWindow();
    return { kind: 'wait', delay: 0, pause: 0 };
  }
  // The pause is not the event's fault: neither an account over its quota nor a host that is away costs an attempt.
  const isFree = isOverQuota(answer) || (isProbe && isHostOutOfReach(answer));
  if (!isFree) call.countedAttempts++;
  const { windowStartedAt, countedAttempts: attempts } = call;
  const decision = decideRetry({ attempts, answer, now, windowStartedAt }, limits, random);
  if ('giveUp' in decision) return { kind: 'failed', reason: decision.giveUp };
  if (isLast) return { kind: 'failed', reason: 'shut down' };
  return { kind: 'wait', delay: decision.retryIn, pause: answer.retryAfter ?? 0 };
}
