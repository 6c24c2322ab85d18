import type { TrackState } from '../../events/track-receipt.js';
import type { Answer } from '../../http/answer.js';
import type { Overflow } from '../../webengage.options.js';
import type { Call } from '../call.js';
import type { Delivery } from '../delivery.js';
import type { FailureReason } from '../delivery-events.js';
import type { DeliveryTools } from '../delivery-tools.js';
import type { Envelope } from '../envelope.js';
import type { Ticket } from '../host-health.js';
import { concludeAttempt } from '../outcome.js';
import { type Load, loadOf, PendingBounds, type PendingLimits, RunningLoad } from '../pending-bounds.js';
import { isOverQuota, type RetryLimits } from '../retry-policy.js';
import { Alarm } from './alarm.js';
import type { Breaker } from './breaker.js';
import { LINGER, type Scheduler } from './scheduler.js';

export interface BackgroundDeliveryLimits extends PendingLimits {
  readonly overflow: Overflow;
  readonly retry: RetryLimits;
}

export interface BackgroundDeliveryParts extends Omit<DeliveryTools, 'settings'> {
  readonly scheduler: Scheduler;
  readonly breaker: Breaker;
}

/** Takes events into memory, where `track()` is done with them, and delivers them behind it. */
export class BackgroundDelivery implements Delivery {
  private readonly bounds: PendingBounds;
  private readonly alarm: Alarm;
  private readonly attempts: Promise<void>[] = [];
  private readonly underWay = new RunningLoad();
  private isDropping = false;
  private isClosed = false;

  constructor(
    private readonly limits: BackgroundDeliveryLimits,
    private readonly parts: BackgroundDeliveryParts,
  ) {
    this.bounds = new PendingBounds(limits);
    this.alarm = new Alarm(parts.clock, () => this.sendWhatMay());
  }

  checkRoom(load: Load): void {
    // What is under way cannot be dropped.
    const mayDrop = this.limits.overflow === 'drop-oldest' && !this.isDropping;
    this.bounds.check(load, mayDrop ? this.underWay : this.bounds.pending);
  }

  accept(envelopes: readonly Envelope[]): TrackState[] {
    const load = loadOf(envelopes);
    this.checkRoom(load);
    // Taken before anything is dropped for it: whoever hears of a drop and tracks at once finds no room then.
    this.bounds.pending.add(load);
    this.dropExcess();
    this.parts.ledger.accept(envelopes);
    const now = this.parts.clock.elapsed();
    for (const envelope of envelopes) this.parts.scheduler.add(envelope, now);
    this.alarm.setIn(LINGER);
    return envelopes.map(() => 'accepted');
  }

  drain(): void {
    const now = this.parts.clock.elapsed();
    this.parts.scheduler.drain(now);
    this.parts.breaker.hurry(now);
    this.alarm.setIn(0);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.alarm.cancel();
    this.parts.sender.close();
    await Promise.all(this.attempts);
    for (let call = this.parts.scheduler.takeOldest(); call; call = this.parts.scheduler.takeOldest())
      this.fail(call, 'shut down');
  }

  private dropExcess(): void {
    // What is taken meanwhile, by somebody who hears of a drop, found room without any.
    if (this.isDropping) return;
    this.isDropping = true;
    while (this.bounds.isExceeded) {
      const oldest = this.parts.scheduler.takeOldest();
      if (!oldest) break;
      this.fail(oldest, 'dropped from full buffer');
    }
    this.isDropping = false;
  }

  /** Sends what may be sent now, and sets the alarm for what may be sent later. */
  private sendWhatMay(): void {
    const { breaker, scheduler } = this.parts;
    while (!this.isClosed) {
      // A hold may be long: it must not keep a process alive that has nothing to send.
      if (this.bounds.pending.events === 0) return this.alarm.cancel();
      const now = this.parts.clock.elapsed();
      const held = breaker.waitTime(now);
      const next = held > 0 ? held : scheduler.next(now, breaker.isHolding);
      if (typeof next === 'number') return this.alarm.setIn(next);
      if (next.isTooLate(this.parts.clock.now(), now)) this.fail(next, 'idempotency window over');
      else this.send(next, now);
    }
  }

  private send(call: Call, now: number): void {
    const load = loadOf(call.envelopes);
    this.underWay.add(load);
    const ticket = this.parts.breaker.begin();
    this.parts.scheduler.begin(call, now);
    call.begin(this.parts.clock.now(), now);
    const attempt = this.parts.sender.send(call).then((answer) => {
      void this.attempts.splice(this.attempts.indexOf(attempt), 1);
      this.underWay.remove(load);
      this.answered(call, answer, ticket);
    });
    this.attempts.push(attempt);
  }

  private answered(call: Call, answer: Answer, ticket: Ticket): void {
    const elapsed = this.parts.clock.elapsed();
    call.end(answer);
    this.parts.scheduler.end(call, elapsed);
    if (isOverQuota(answer)) this.parts.log.overQuota(answer);
    const end = {
      now: this.parts.clock.now(),
      isProbe: ticket.isProbe,
      isLast: this.isClosed,
      goodAnswers: this.parts.breaker.goodAnswers,
    };
    const outcome = concludeAttempt(call, end, this.limits.retry, this.parts.random);
    // What the shutdown breaks off says nothing of the host.
    if (!this.isClosed) this.parts.breaker.end(ticket, answer, elapsed, call.wasRefusedAlone);
    switch (outcome.kind) {
      case 'delivered':
        this.deliver(call);
        break;
      case 'failed':
        this.fail(call, outcome.reason);
        break;
      case 'wait':
        this.parts.scheduler.wait(call, elapsed + outcome.delay, elapsed + outcome.pause);
        break;
      case 'split':
        for (const part of call.split(() => this.parts.requestIds.next())) this.parts.scheduler.wait(part, elapsed);
    }
    this.sendWhatMay();
  }

  private deliver(call: Call): void {
    this.bounds.pending.remove(loadOf(call.envelopes));
    this.parts.ledger.deliver(call.envelopes, call.success());
  }

  private fail(call: Call, reason: FailureReason): void {
    this.bounds.pending.remove(loadOf(call.envelopes));
    this.parts.ledger.fail(call.envelopes, call.failure(reason));
  }
}
