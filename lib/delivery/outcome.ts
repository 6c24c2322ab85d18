import type { Call } from './call.js';
import type { FailureReason } from './delivery-events.js';
import {
  backoff,
  decideRetry,
  isAccessRefused,
  isHostOutOfReach,
  isOverQuota,
  type RetryLimits,
} from './retry-policy.js';

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
export function concludeAttempt(call: Call, end: AttemptEnd, limits: RetryLimits, random: () => number): Outcome {
  const { lastAnswer: answer } = call;
  const { now, isProbe, isLast } = end;
  if (answer.queued) return { kind: 'delivered' };
  if (!answer.mayBeIngested) call.restartWindow();
  // WebEngage does not say which of them it is. Unless something may have been ingested, halving the call finds out.
  if (SAYS_ONE_IS_WRONG.has(answer.status) && maySplit(call)) {
    return isLast ? { kind: 'failed', reason: 'shut down' } : { kind: 'split' };
  }
  if (isLast && (answer.status === undefined || isAccessRefused(answer)))
    return { kind: 'failed', reason: 'shut down' };
  if (isAccessRefused(answer)) return concludeRefusedAccess(call, end, limits, random);
  const pause = answer.retryAfter ?? 0;
  // A host that is away is not the event's fault, and the pause between such calls is the hold's.
  const isFreeProbe = isProbe && isHostOutOfReach(answer);
  if (!isFreeProbe && !isOverQuota(answer)) call.countedAttempts++;
  const { windowStartedAt, countedAttempts: attempts } = call;
  const decision = decideRetry({ attempts, answer, now, windowStartedAt }, limits, random);
  if ('giveUp' in decision) return { kind: 'failed', reason: decision.giveUp };
  if (isLast) return { kind: 'failed', reason: 'shut down' };
  return { kind: 'wait', delay: isFreeProbe ? pause : decision.retryIn, pause };
}

/** It waits with all others, unless others are let in: then something about it is wrong. */
function concludeRefusedAccess(
  call: Call,
  { goodAnswers }: AttemptEnd,
  limits: RetryLimits,
  random: () => number,
): Outcome {
  if (!call.isRefusedAlone(goodAnswers)) return { kind: 'wait', delay: 0, pause: 0 };
  if (maySplit(call)) return { kind: 'split' };
  call.countedAttempts++;
  if (call.countedAttempts >= limits.maxAttempts) return { kind: 'failed', reason: 'refused by WebEngage' };
  return { kind: 'wait', delay: backoff(call.countedAttempts, limits, random), pause: 0 };
}

function maySplit({ envelopes, outcomeUnknown }: Call): boolean {
  return envelopes.length > 1 && !outcomeUnknown;
}
