import type { Answer } from '../http/answer.js';
import type { CallKind, OutgoingCall } from '../http/outgoing-call.js';
import type { Failure, FailureReason, Success } from './delivery-events.js';
import type { Envelope } from './envelope.js';
import { isWithinIdempotencyWindow } from './idempotency-window.js';

/** WebEngage takes at most so many events in one bulk call. */
export const EVENTS_PER_BULK_CALL = 25;

/** Undocumented at WebEngage; a larger call would hold a lot of memory, and fail a lot of events at once. */
export const BYTES_PER_BULK_CALL = 1_048_576;

/** Stands in for the last answer of a call that was not sent yet. */
const NEVER_SENT: Answer = {
  queued: false,
  status: undefined,
  message: 'The event was not sent',
  mayBeIngested: false,
};

/** What a call has been through. It is plain data: a call that is stored outside this process keeps it. */
export interface CallHistory {
  /** How many times it was sent. */
  readonly attempts: number;
  /** How many times its events were sent before, in calls that it was split from. */
  readonly earlierAttempts: number;
  /** How many attempts of its events count towards `retry.maxAttempts`. */
  readonly countedAttempts: number;
  readonly outcomeUnknown: boolean;
  /** When its first attempt was sent, in milliseconds since 1970. */
  readonly windowStartedAt?: number;
  /** What its last attempt came to. */
  readonly lastAnswer: Pick<Answer, 'status' | 'message'>;
}

/** One call to WebEngage, its events frozen for good, and what its attempts have come to so far. */
export class Call implements OutgoingCall {
  /** How many times it was sent. */
  attempts = 0;
  /** When its last attempt was sent, on the clock that never jumps. */
  startedAt = 0;
  /** How many attempts of its events count towards `retry.maxAttempts`. */
  countedAttempts: number;
  /** Whether WebEngage may have ingested it: some attempt ended without a definite answer. */
  outcomeUnknown: boolean;
  /** When its first attempt was sent, in milliseconds since 1970. */
  windowStartedAt: number | undefined;
  lastAnswer: Answer;
  private earlierAttempts: number;
  /** When the window began on the clock that never jumps; unknown for an event that was attempted before it was accepted. */
  private windowElapsedAt: number | undefined;
  /** Whether its last refusal of access was its own: others were let in since the one before. */
  wasRefusedAlone = false;
  private goodAnswersAtRefusal = Infinity;

  private constructor(
    readonly kind: CallKind,
    readonly requestId: string,
    readonly envelopes: readonly Envelope[],
    windowStartedAt: number | undefined,
    splitFrom: Call | undefined,
  ) {
    this.windowStartedAt = windowStartedAt;
    this.outcomeUnknown = windowStartedAt !== undefined;
    this.countedAttempts = splitFrom?.countedAttempts ?? 0;
    this.earlierAttempts = splitFrom?.attemptsOfEvents ?? 0;
    this.lastAnswer = splitFrom?.lastAnswer ?? NEVER_SENT;
  }

  /** A call of one event, under the event's own id. */
  static single(envelope: Envelope, splitFrom?: Call): Call {
    return new Call('single', envelope.requestId, [envelope], envelope.windowStartedAt, splitFrom);
  }

  /** A call of several events, under an id of its own. */
  static bulk(envelopes: readonly Envelope[], requestId: string, splitFrom?: Call): Call {
    return new Call('bulk', requestId, envelopes, undefined, splitFrom);
  }

  /** A call that was stored, as it was; `othersWereLetIn` since it was refused access. */
  static restore(
    { kind, requestId, envelopes }: Pick<Call, 'kind' | 'requestId' | 'envelopes'>,
    history: CallHistory,
    othersWereLetIn: boolean,
  ): Call {
    const call = new Call(kind, requestId, envelopes, history.windowStartedAt, undefined);
    call.attempts = history.attempts;
    call.earlierAttempts = history.earlierAttempts;
    call.countedAttempts = history.countedAttempts;
    call.outcomeUnknown = history.outcomeUnknown;
    call.lastAnswer = { ...NEVER_SENT, ...history.lastAnswer };
    if (othersWereLetIn) call.goodAnswersAtRefusal = -1;
    return call;
  }

  get history(): CallHistory {
    const { attempts, earlierAttempts, countedAttempts, outcomeUnknown, windowStartedAt } = this;
    const { status, message } = this.lastAnswer;
    return {
      attempts,
      earlierAttempts,
      countedAttempts,
      outcomeUnknown,
      ...(windowStartedAt === undefined ? undefined : { windowStartedAt }),
      lastAnswer: { status, message },
    };
  }

  get json(): string {
    const events = this.envelopes.map(({ json }) => json).join(',');
    return this.kind === 'bulk' ? `{"events":[${events}]}` : events;
  }

  /** How many times its events were sent, in this call and in those that it was split from. */
  get attemptsOfEvents(): number {
    return this.earlierAttempts + this.attempts;
  }

  /** The id under which its events were sent, where that is not their own. */
  get bulkRequestId(): string | undefined {
    return this.kind === 'bulk' ? this.requestId : undefined;
  }

  /** Two calls that carry one half each; what is left of one event goes by itself, under the event's own id. */
  split(nextRequestId: () => string): Call[] {
    const middle = Math.ceil(this.envelopes.length / 2);
    return [this.envelopes.slice(0, middle), this.envelopes.slice(middle)].flatMap(([first, ...others]) => {
      if (first === undefined) return [];
      if (others.length === 0) return [Call.single(first, this)];
      return [Call.bulk([first, ...others], nextRequestId(), this)];
    });
  }

  /** It is being sent: at `now` by the system's clock, at `elapsed` by the one that never jumps. */
  begin(now: number, elapsed: number): void {
    this.attempts++;
    this.startedAt = elapsed;
    this.windowStartedAt ??= now;
    this.windowElapsedAt ??= elapsed;
  }

  /** Whether WebEngage would no longer recognise it. Either clock may be wrong: one was set back, the other slept. */
  isTooLate(now: number, elapsed: number): boolean {
    const { windowStartedAt = now, windowElapsedAt = elapsed } = this;
    return !isWithinIdempotencyWindow(windowStartedAt, now) || !isWithinIdempotencyWindow(windowElapsedAt, elapsed);
  }

  /** It was handed over at that time, and may have been sent by somebody since. */
  mayBeSentSince(now: number): void {
    this.outcomeUnknown = true;
    this.windowStartedAt ??= now;
  }

  /** An attempt was begun, and nobody is left to say what came of it. */
  loseSight(message: string): void {
    this.end({ queued: false, status: undefined, message, mayBeIngested: true });
    this.countedAttempts++;
  }

  /** It was given up, and somebody wants it sent again: with all its attempts before it. */
  startOver(): void {
    this.countedAttempts = 0;
    this.restartWindow();
  }

  /** An attempt came to this. */
  end(answer: Answer): void {
    this.lastAnswer = answer;
    this.outcomeUnknown ||= answer.mayBeIngested;
  }

  /** It is refused access: whether others were let in since that happened to it before, so that the fault is its own. */
  isRefusedAlone(goodAnswers: number): boolean {
    const isAlone = goodAnswers > this.goodAnswersAtRefusal;
    this.goodAnswersAtRefusal = goodAnswers;
    this.wasRefusedAlone = isAlone;
    return isAlone;
  }

  /** Nothing of it was ingested for certain, so the idempotency window starts with the next attempt. */
  restartWindow(): void {
    if (this.outcomeUnknown) return;
    this.windowStartedAt = undefined;
    this.windowElapsedAt = undefined;
  }

  /** What there is to report of its events when they have arrived. */
  success(): Success {
    const { attemptsOfEvents: attempts, bulkRequestId } = this;
    return bulkRequestId === undefined ? { attempts } : { attempts, bulkRequestId };
  }

  /** What there is to report of its events when they are given up. */
  failure(reason: FailureReason): Failure {
    const { outcomeUnknown, windowStartedAt, bulkRequestId } = this;
    const { message, status } = this.lastAnswer;
    return {
      reason,
      message,
      attempts: this.attemptsOfEvents,
      outcomeUnknown,
      ...(status === undefined ? undefined : { status }),
      ...(windowStartedAt === undefined ? undefined : { windowStartedAt }),
      ...(bulkRequestId === undefined ? undefined : { bulkRequestId }),
    };
  }
}
