import { ReplaySubject } from 'rxjs';
import type { DeliveryTools } from '../../delivery/delivery-tools.js';
import type { HoldReason } from '../../delivery/hold-listener.js';
import { holdPause, type HoldPauseOptions } from '../../delivery/hold-pause.js';
import type { Answer } from '../../http/answer.js';
import type { CallQueue } from '../calls/call-queue.js';
import type { RedisLog } from '../redis/redis-log.js';
import type { HoldLease } from './hold-lease.js';

/** For so long a hold outlasts the probe that should end it, in milliseconds: should its leader crash, it ends by itself. */
const GRACE = 5_000;

/** Why calls should be held back, and the answer that says so. */
export interface HoldCause {
  readonly reason: HoldReason | 'over quota';
  readonly answer: Answer;
}

/** What a probe found: that calls should be held back still; that they need not; or nothing, for want of a call. */
export type ProbeResult = HoldCause | 'good' | 'nothing to send';

export interface HoldTiming extends HoldPauseOptions {
  /** Probes are at least so far apart, in milliseconds. */
  readonly shortestPause: number;
  /** How long a probe may take, in milliseconds. */
  readonly timeout: number;
}

/**
 * Holds back one kind of call, in all processes: one of them leads, and makes a single call from time to time to see
 * whether that is over.
 */
export class QueueHold {
  private readonly stop$ = new ReplaySubject<void>(1);
  private isLeading = false;
  private isStopped = false;
  private lead: Promise<void> = Promise.resolve();

  constructor(
    private readonly queue: CallQueue,
    private readonly lease: HoldLease,
    private readonly probe: (probesBefore: number) => Promise<ProbeResult>,
    private readonly timing: HoldTiming,
    private readonly tools: Pick<DeliveryTools, 'clock' | 'random' | 'log'>,
    private readonly redisLog: RedisLog,
  ) {}

  /** Calls should be held back; resolves when they are, by this process or another one. */
  async begin(cause: HoldCause): Promise<void> {
    if (this.isLeading || this.isStopped) return;
    this.isLeading = true;
    try {
      const pause = this.pauseFor(cause, 0);
      this.isLeading = await this.lease.take(this.leaseFor(pause));
      if (this.isLeading) this.lead = this.leadOn(cause, pause);
    } catch (error) {
      this.isLeading = false;
      this.redisLog.failed(error);
    }
  }

  /** Leaves the lead, if it has it, to another process. */
  async stop(): Promise<void> {
    this.isStopped = true;
    this.stop$.next();
    await this.lead;
  }

  private async leadOn(cause: HoldCause, pause: number): Promise<void> {
    try {
      await this.leadUntilOver(cause, pause);
    } catch (error) {
      // The lease runs out, and another process takes the lead.
      this.redisLog.failed(error);
    } finally {
      this.isLeading = false;
      this.tools.log.noLongerHeld(this.queue.kind);
    }
  }

  private async leadUntilOver(cause: HoldCause, firstPause: number): Promise<void> {
    this.tell(cause);
    let wasHeld = cause.reason !== 'over quota';
    let held = cause;
    let pause = firstPause;
    for (let probes = 0; ; probes++) {
      await this.tools.clock.sleep(pause, this.stop$);
      const result = this.isStopped ? 'nothing to send' : await this.probe(probes);
      if (this.isStopped || result === 'nothing to send') return void (await this.lease.leave());
      if (result === 'good') return this.goOn(wasHeld);
      if (result.reason !== held.reason) this.tell(result);
      wasHeld ||= result.reason !== 'over quota';
      held = result;
      pause = this.pauseFor(held, probes + 1);
      if (!(await this.lease.keep(this.leaseFor(pause)))) return;
    }
  }

  private async goOn(wasHeld: boolean): Promise<void> {
    // What was put off to let others be tried has no reason to wait any longer.
    await this.queue.promoteDelayed();
    await this.lease.leave();
    if (wasHeld) this.tools.log.resumed(this.queue.kind);
  }

  private pauseFor({ answer }: HoldCause, probesBefore: number): number {
    const pause = holdPause(probesBefore, this.timing, this.tools.random);
    return Math.max(this.timing.shortestPause, answer.retryAfter ?? 0, pause);
  }

  private leaseFor(pause: number): number {
    return pause + this.timing.timeout + GRACE;
  }

  private tell({ reason, answer }: HoldCause): void {
    const { log } = this.tools;
    if (reason !== 'over quota') return log.held(reason, answer, this.queue.kind);
    log.noLongerHeld(this.queue.kind);
    log.overQuota(answer);
  }
}
