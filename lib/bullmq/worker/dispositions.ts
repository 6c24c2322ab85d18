import { createHash } from 'node:crypto';
import type { Call } from '../../delivery/call.js';
import type { FailureReason } from '../../delivery/delivery-events.js';
import { LONGEST_PAUSE } from '../../delivery/hold-pause.js';
import type { Outcome } from '../../delivery/outcome.js';
import { isAccessRefused, isHostOutOfReach, isOverQuota } from '../../delivery/retry-policy.js';
import type { CallKind } from '../../http/outgoing-call.js';
import { type CallMarks, toJobData } from '../calls/call-job.js';
import { type CallJob, type CallQueue, PRIORITY } from '../calls/call-queue.js';

/** While calls are held back, new ones are tried until so many were: the fault may be theirs. More would age for nothing. */
const CALLS_TO_PROBE_WITH = 8;

/** What is to become of a job. */
export type Disposal =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly message: string }
  /** To be tried again in so many milliseconds. */
  | { readonly kind: 'later'; readonly delay: number }
  /** To be tried again before all others. */
  | { readonly kind: 'first' };

export interface Disposition {
  readonly disposal: Disposal;
  /** How the call's events ended, if they did. */
  readonly end?: 'delivered' | FailureReason;
}

/** A probe: how many were made before it since calls are held back. */
export interface Probe {
  readonly probesBefore: number;
}

/** Decides where a call goes from here, and stores with its job what whoever finds it next must know. */
export class Dispositions {
  constructor(
    private readonly queues: Readonly<Record<CallKind, CallQueue>>,
    private readonly now: () => number,
  ) {}

  /** Stores how the call stands. */
  async save(job: CallJob, call: Call, marks: CallMarks): Promise<void> {
    await job.updateData(toJobData(call, marks));
  }

  /** A call came to this. */
  async decide(job: CallJob, call: Call, outcome: Outcome, probe: Probe | undefined): Promise<Disposition> {
    switch (outcome.kind) {
      case 'delivered':
        return { disposal: { kind: 'done' }, end: 'delivered' };
      case 'failed':
        return this.fail(job, call, outcome.reason);
      case 'split':
        return this.split(job, call);
      case 'wait':
        if (isOverQuota(call.lastAnswer)) return this.putFirst(job, call);
        // All calls are refused, this one no more than the others; but as a probe it has had its turn.
        if (isAccessRefused(call.lastAnswer) && outcome.delay === 0 && !probe) return this.putFirst(job, call);
        return this.putOff(job, call, outcome.delay, probe);
    }
  }

  /** It is given up. */
  async fail(job: CallJob, call: Call, reason: FailureReason): Promise<Disposition> {
    await this.save(job, call, { failureReason: reason, failedAfterStalls: job.stalledCounter });
    return { disposal: { kind: 'failed', message: `${reason}: ${call.lastAnswer.message}` }, end: reason };
  }

  /** It goes on as two other calls. */
  async split(job: CallJob, call: Call): Promise<Disposition> {
    // Should this process crash on the way, the next one goes on where it was, with the same ids.
    if (!job.data.isSplit) await this.save(job, call, { isSplit: true });
    let parts = 0;
    const nextId = (): string =>
      createHash('sha256').update(`${call.requestId}/${parts++}`).digest('hex').slice(0, call.requestId.length);
    for (const part of call.split(nextId)) await this.queues[part.kind].add(part, PRIORITY.sentBefore);
    return { disposal: { kind: 'done' } };
  }

  /** It is tried again before all others. */
  async putFirst(job: CallJob, call: Call): Promise<Disposition> {
    await this.save(job, call, this.refusalOf(call));
    return { disposal: { kind: 'first' } };
  }

  private async putOff(job: CallJob, call: Call, delay: number, probe: Probe | undefined): Promise<Disposition> {
    await this.save(job, call, this.refusalOf(call));
    if (job.priority !== PRIORITY.sentBefore) await job.changePriority({ priority: PRIORITY.sentBefore });
    const saysNothingOfIt = isAccessRefused(call.lastAnswer) || isHostOutOfReach(call.lastAnswer);
    if (probe === undefined || !saysNothingOfIt) return { disposal: { kind: 'later', delay } };
    // Far enough for the next probe to be another call, until enough of them were tried; then they take turns.
    const turn = probe.probesBefore < CALLS_TO_PROBE_WITH ? 2 * LONGEST_PAUSE : 0;
    return { disposal: { kind: 'later', delay: Math.max(delay, turn) } };
  }

  private refusalOf({ lastAnswer }: Call): CallMarks {
    return isAccessRefused(lastAnswer) ? { refusedAt: this.now() } : {};
  }
}
