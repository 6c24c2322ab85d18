import { type Observable, ReplaySubject } from 'rxjs';
import type { TrackState } from '../events/track-receipt.js';
import { WebEngageApiError } from '../errors/webengage-api.error.js';
import type { Answer } from '../http/answer.js';
import type { Clock } from './clock.js';
import type { Delivery } from './delivery.js';
import type { FailureReason } from './delivery-events.js';
import type { Envelope } from './envelope.js';
import type { Ledger } from './ledger.js';
import { PendingBounds, type PendingLimits } from './pending-bounds.js';
import { isWithinIdempotencyWindow } from './idempotency-window.js';
import { decideRetry, type RetryDecision, type RetryLimits } from './retry-policy.js';
import { Semaphore } from './semaphore.js';

/** What sends one event and says what came of it. */
export interface EventSender {
  /** Never rejects; ends early when `stop$` emits. */
  send(envelope: Envelope, stop$: Observable<void>): Promise<Answer>;
  /** Frees what sending needs. */
  close(): void;
}

export interface DirectDeliveryLimits extends PendingLimits {
  readonly concurrency: number;
  readonly retry: RetryLimits;
}

/** One event on its way: what its attempts have come to so far. */
interface Progress {
  attempts: number;
  outcomeUnknown: boolean;
  windowStartedAt: number | undefined;
}

/** Sends each event as soon as it is accepted, with retries; `track()` resolves when WebEngage has answered `queued`. */
export class DirectDelivery implements Delivery {
  private readonly bounds: PendingBounds;
  private readonly calls: Semaphore;
  // Replays, so that whoever begins to wait after the stop does not wait at all.
  private readonly stop$ = new ReplaySubject<void>(1);
  private isStopped = false;
  private readonly inFlight = new Set<Promise<TrackState>>();

  constructor(
    private readonly sender: EventSender,
    private readonly ledger: Ledger,
    private readonly limits: DirectDeliveryLimits,
    private readonly clock: Clock,
    private readonly random: () => number,
  ) {
    this.bounds = new PendingBounds(limits);
    this.calls = new Semaphore(limits.concurrency);
  }

  checkRoom(events: number, bytes: number): void {
    this.bounds.check(events, bytes);
  }

  accept(envelopes: readonly Envelope[]): Promise<TrackState>[] {
    this.bounds.take(envelopes);
    this.ledger.accept(envelopes.length);
    return envelopes.map((envelope) => {
      const delivery = this.deliver(envelope).finally(() => this.inFlight.delete(delivery));
      this.inFlight.add(delivery);
      return delivery;
    });
  }

  async close(): Promise<void> {
    this.isStopped = true;
    this.stop$.next();
    await Promise.allSettled(this.inFlight);
    this.sender.close();
  }

  private async deliver(envelope: Envelope): Promise<TrackState> {
    const { windowStartedAt } = envelope;
    const progress: Progress = { attempts: 0, outcomeUnknown: windowStartedAt !== undefined, windowStartedAt };
    let answer = NEVER_SENT;
    for (;;) {
      await this.calls.acquire();
      try {
        const obstacle = this.obstacleTo(progress);
        if (obstacle) return this.fail(envelope, progress, obstacle, answer);
        answer = await this.attempt(envelope, progress);
      } finally {
        this.calls.release();
      }
      if (answer.queued) return this.succeed(envelope, progress);
      const decision = this.decide(answer, progress);
      if ('giveUp' in decision) return this.fail(envelope, progress, decision.giveUp, answer);
      await this.clock.sleep(decision.retryIn, this.stop$);
    }
  }

  private decide(answer: Answer, progress: Progress): RetryDecision {
    if (this.isStopped && answer.status === undefined) return { giveUp: 'shut down' };
    return decideRetry({ ...progress, answer, now: this.clock.now() }, this.limits.retry, this.random);
  }

  /** What has come up while the event waited for its turn. */
  private obstacleTo({ windowStartedAt }: Progress): FailureReason | undefined {
    if (this.isStopped) return 'shut down';
    const isTooLate = windowStartedAt !== undefined && !isWithinIdempotencyWindow(windowStartedAt, this.clock.now());
    return isTooLate ? 'idempotency window over' : undefined;
  }

  private async attempt(envelope: Envelope, progress: Progress): Promise<Answer> {
    progress.attempts++;
    progress.windowStartedAt ??= this.clock.now();
    const answer = await this.sender.send(envelope, this.stop$);
    progress.outcomeUnknown ||= answer.mayBeIngested;
    return answer;
  }

  private succeed(envelope: Envelope, { attempts }: Progress): TrackState {
    this.bounds.release(envelope);
    this.ledger.deliver(envelope, attempts);
    return 'delivered';
  }

  private fail(envelope: Envelope, progress: Progress, reason: FailureReason, { status, message }: Answer): never {
    this.bounds.release(envelope);
    this.ledger.fail(envelope, { ...progress, reason, message, ...(status === undefined ? undefined : { status }) });
    throw new WebEngageApiError(status, message, envelope.requestId, progress.attempts, reason);
  }
}

const NEVER_SENT: Answer = {
  queued: false,
  status: undefined,
  message: 'The event was not sent',
  mayBeIngested: false,
};
