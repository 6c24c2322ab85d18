import { ReplaySubject } from 'rxjs';
import { WebEngageApiError } from '../../errors/webengage-api.error.js';
import type { TrackState } from '../../events/track-receipt.js';
import { Call } from '../call.js';
import type { Clock } from '../clock.js';
import type { Delivery } from '../delivery.js';
import type { FailureReason } from '../delivery-events.js';
import type { Envelope } from '../envelope.js';
import type { EventSender } from '../event-sender.js';
import type { Ledger } from '../ledger.js';
import { type Load, loadOf, PendingBounds, type PendingLimits } from '../pending-bounds.js';
import { decideRetry, type RetryDecision, type RetryLimits } from '../retry-policy.js';
import { Semaphore } from './semaphore.js';

export interface DirectDeliveryLimits extends PendingLimits {
  readonly concurrency: number;
  readonly retry: RetryLimits;
}

/** Sends each event as soon as it is accepted, with retries; `track()` resolves when WebEngage has answered `queued`. */
export class DirectDelivery implements Delivery {
  private readonly bounds: PendingBounds;
  private readonly permits: Semaphore;
  // Replays, so that whoever begins to wait after the stop does not wait at all.
  private readonly stop$ = new ReplaySubject<void>(1);
  private isStopped = false;
  private readonly inFlight = new Set<Promise<TrackState>>();

  constructor(
    private readonly limits: DirectDeliveryLimits,
    private readonly sender: EventSender,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly random: () => number,
  ) {
    this.bounds = new PendingBounds(limits);
    this.permits = new Semaphore(limits.concurrency);
  }

  checkRoom(load: Load): void {
    this.bounds.check(load);
  }

  accept(envelopes: readonly Envelope[]): Promise<TrackState>[] {
    const load = loadOf(envelopes);
    this.bounds.check(load);
    this.bounds.pending.add(load);
    this.ledger.accept(envelopes);
    return envelopes.map((envelope) => {
      const delivery = this.deliver(Call.single(envelope)).finally(() => this.inFlight.delete(delivery));
      this.inFlight.add(delivery);
      return delivery;
    });
  }

  drain(): void {
    // Nothing is held back.
  }

  async close(): Promise<void> {
    this.isStopped = true;
    this.stop$.next();
    this.sender.close();
    await Promise.allSettled(this.inFlight);
  }

  private async deliver(call: Call): Promise<TrackState> {
    for (;;) {
      await this.permits.acquire();
      try {
        const obstacle = this.obstacleTo(call);
        if (obstacle) return this.fail(call, obstacle);
        call.begin(this.clock.now(), this.clock.elapsed());
        call.end(await this.sender.send(call));
      } finally {
        this.permits.release();
      }
      if (call.lastAnswer.queued) return this.succeed(call);
      const decision = this.decide(call);
      if ('giveUp' in decision) return this.fail(call, decision.giveUp);
      await this.clock.sleep(decision.retryIn, this.stop$);
    }
  }

  private decide({ attempts, windowStartedAt, lastAnswer: answer }: Call): RetryDecision {
    if (this.isStopped && answer.status === undefined) return { giveUp: 'shut down' };
    const state = { attempts, windowStartedAt, answer, now: this.clock.now() };
    return decideRetry(state, this.limits.retry, this.random);
  }

  /** What has come up while the event waited for its turn. */
  private obstacleTo(call: Call): FailureReason | undefined {
    if (this.isStopped) return 'shut down';
    return call.isTooLate(this.clock.now(), this.clock.elapsed()) ? 'idempotency window over' : undefined;
  }

  private succeed(call: Call): TrackState {
    this.bounds.pending.remove(loadOf(call.envelopes));
    this.ledger.deliver(call.envelopes, call.success());
    return 'delivered';
  }

  private fail(call: Call, reason: FailureReason): never {
    this.bounds.pending.remove(loadOf(call.envelopes));
    this.ledger.fail(call.envelopes, call.failure(reason));
    const { status, message } = call.lastAnswer;
    throw new WebEngageApiError(status, message, call.requestId, call.attempts, reason);
  }
}
