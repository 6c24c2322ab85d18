import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { ReplaySubject } from 'rxjs';
import type { DeliveryTools } from '../delivery/delivery-tools.js';
import { holdPause, type HoldPauseOptions } from '../delivery/hold-pause.js';
import type { HoldReason } from '../delivery/hold-listener.js';
import type { Answer } from '../http/answer.js';
import type { CallQueue } from './call-queue.js';
import type { RedisLog } from './redis-log.js';

/** Probes are at least so far apart, in milliseconds. */
const SHORTEST_PAUSE = 1_000;
/** For so long a hold outlasts the probe that should end it, in milliseconds: should its leader crash, it ends by itself. */
const GRACE = 5_000;

/** Why calls should be held back, and the answer that says so. */
export interface HoldCause {
  readonly reason: HoldReason | 'over quota';
  readonly answer: Answer;
}

/** What a probe found: that calls should be held back still; that they need not; or nothing, for want of a call. */
export type ProbeResult = HoldCause | 'good' | 'nothing to send';

/** Makes a single call, whatever holds the others back. */
export interface Prober {
  /** `probesBefore`: how many there were since calls are held back. */
  probe(probesBefore: number): Promise<ProbeResult>;
}

/**
 * Holds back one kind of call, in all processes: one of them leads, blocks the queue, and makes a single call from time to
 * time to see whether that is over.
 */
export class QueueHold {
  private readonly token = randomUUID();
  private readonly stop$ = new ReplaySubject<void>(1);
  private isLeading = false;
  private isStopped = false;
  private lead: Promise<void> = Promise.resolve();

  constructor(
    private readonly queue: CallQueue,
    private readonly redis: Redis,
    private readonly prober: Prober,
    private readonly timing: HoldPauseOptions & { readonly timeout: number },
    private readonly tools: Pick<DeliveryTools, 'clock' | 'random' | 'log'>,
    private readonly redisLog: RedisLog,
  ) {}

  /** Calls should be held back: unless another process sees to it already, this one does. */
  begin(cause: HoldCause): void {
    if (this.isLeading || this.isStopped) return;
    this.isLeading = true;
    this.lead = this.leadUntilOver(cause)
      .catch((error: unknown) => this.redisLog.failed(error))
      .finally(() => (this.isLeading = false));
  }

  /** Leaves the lead, if it has it, to another process. */
  async stop(): Promise<void> {
    this.isStopped = true;
    this.stop$.next();
    await this.lead;
  }

  private async leadUntilOver(cause: HoldCause): Promise<void> {
    let pause = this.pauseFor(cause, 0);
    if (!(await this.takeLead(pause))) return;
    this.tell(cause);
    let held = cause;
    for (let probes = 0; ; probes++) {
      await this.tools.clock.sleep(pause, this.stop$);
      if (this.isStopped) return this.leave();
      const result = await this.prober.probe(probes);
      if (result === 'good') break;
      if (result === 'nothing to send') {
        if (!(await this.queue.hasDelayed())) return this.leave();
      } else {
        if (result.reason !== held.reason) this.tell(result);
        held = result;
      }
      pause = this.pauseFor(held, probes + 1);
      if (!(await this.keepLead(pause))) return;
    }
    await this.leave();
    if (held.reason !== 'over quota') this.tools.log.resumed();
  }

  private pauseFor({ answer }: HoldCause, probesBefore: number): number {
    const pause = holdPause(probesBefore, this.timing, this.tools.random);
    return Math.max(SHORTEST_PAUSE, answer.retryAfter ?? 0, pause);
  }

  private async takeLead(pause: number): Promise<boolean> {
    const lease = this.leaseFor(pause);
    const taken = await this.redis.set(this.queue.key('hold'), this.token, 'PX', lease, 'NX');
    if (taken === null) return false;
    await this.queue.block(lease);
    return true;
  }

  private async keepLead(pause: number): Promise<boolean> {
    if ((await this.redis.get(this.queue.key('hold'))) !== this.token) return false;
    const lease = this.leaseFor(pause);
    await this.redis.set(this.queue.key('hold'), this.token, 'PX', lease);
    await this.queue.block(lease);
    return true;
  }

  private async leave(): Promise<void> {
    if ((await this.redis.get(this.queue.key('hold'))) !== this.token) return;
    await this.redis.del(this.queue.key('hold'));
    await this.queue.unblock();
  }

  private leaseFor(pause: number): number {
    return Math.ceil(pause + this.timing.timeout + GRACE);
  }

  private tell({ reason, answer }: HoldCause): void {
    if (reason === 'over quota') this.tools.log.overQuota(answer);
    else this.tools.log.held(reason, answer);
  }
}
