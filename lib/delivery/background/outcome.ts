import type { Call } from '../call.js';
import type { FailureReason } from '../delivery-events.js';
import { decideRetry, isAccessRefused, isHostOutOfReach, isOverQuota, type RetryLimits } from '../retry-policy.js';

/** 400: an event is wrong. 413: the call is too large. Either way nothing of it was ingested. */
const SAYS_ONE_IS_WRONG: ReadonlySet<number | undefined> = new Set([400, 413]);

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
  /** How many answers so far showed the host at work and the account let in. */
  readonly goodAnswers: number;
}

/** Decides what becomes of a call after an attempt, and counts the attempt if it counts. */
export function concludeAttempt(
  call: Call,
  { now, isProbe, isLast, goodAnswers }: AttemptEnd,
  limits: RetryLimits,
  random: () => number,
): Outcome {
  const answer = call.lastAnswer;
  if (answer.queued) return { kind: 'delivered' };
  // WebEngage does not say which of them it is. Unless something may have been ingested, halving the call finds out.
  if (SAYS_ONE_IS_WRONG.has(answer.status) && call.envelopes.length > 1 && !call.outcomeUnknown) {
    return isLast ? { kind: 'failed', reason: 'shut down' } : { kind: 'split' };
  }
  if (isLast && (answer.status === undefined || isAccessRefused(answer)))
    return { kind: 'failed', reason: 'shut down' };
  if (isAccessRefused(answer)) {
    if (call.isRefusedAlone(goodAnswers)) call.countedAttempts++;
    if (call.countedAttempts >= limits.maxAttempts) return { kind: 'failed', reason: 'refused by WebEngage' };
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
