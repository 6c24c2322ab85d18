import { createHash } from 'node:crypto';
import type { Call } from '../delivery/call.js';
import type { FailureReason } from '../delivery/delivery-events.js';
import type { DeliveryTools } from '../delivery/delivery-tools.js';
import { LONGEST_PAUSE } from '../delivery/hold-pause.js';
import { HostHealth, type Ticket } from '../delivery/host-health.js';
import { concludeAttempt, type Outcome } from '../delivery/outcome.js';
import { isAccessRefused, isHostOutOfReach, isOverQuota, type RetryLimits } from '../delivery/retry-policy.js';
import type { CallKind } from '../http/outgoing-call.js';
import { type CallJobData, type CallMarks, toCall, toJobData } from './call-job.js';
import { type CallJob, type CallQueue, PRIORITY } from './call-queue.js';
import type { HoldCause } from './queue-hold.js';

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

export interface AttemptResult {
  readonly disposal: Disposal;
  /** Whether a call was made at all. */
  readonly wasSent: boolean;
  /** How its events ended, if they did. */
  readonly end?: 'delivered' | FailureReason;
  /** Set if the queue should be held back. */
  readonly cause?: HoldCause;
}

type Decision = Pick<AttemptResult, 'disposal' | 'end'>;

/** A probe: how many were made before it since calls are held back. */
export interface Probe {
  readonly probesBefore: number;
}

/** Makes attempts to deliver the calls that jobs hold, and stores what each came to. */
export class CallAttempts {
  private readonly health = new HostHealth();
  private readonly limits: RetryLimits;
  private lastGoodAnswerAt = -Infinity;
  private isStopping = false;

  constructor(
    private readonly tools: Pick<DeliveryTools, 'sender' | 'ledger' | 'clock' | 'random' | 'settings'>,
    private readonly queues: Readonly<Record<CallKind, CallQueue>>,
  ) {
    this.limits = { ...tools.settings.retry, maxRetryAfter: Infinity };
  }

  /** From now on a call that is broken off goes back as it is. */
  stop(): void {
    this.isStopping = true;
  }

  /**
   * Makes one attempt.
   *
   * @throws what Redis failed with; the job is left as it was, or marked as under way
   */
  async make(job: CallJob, probe?: Probe): Promise<AttemptResult> {
    const call = this.read(job);
    if (call === undefined) {
      const message = 'the job holds no call of this library, or one of a later version of it';
      this.tools.settings.logger.error(`A job of the queue "${job.queueName}" failed: ${message}`);
      return { disposal: { kind: 'failed', message }, wasSent: false };
    }
    const { ledger } = this.tools;
    ledger.fetch(call.envelopes.length);
    let end: AttemptResult['end'];
    try {
      const result = await this.attempt(job, call, probe);
      ({ end } = result);
      return result;
    } finally {
      if (end === undefined) ledger.store(call.envelopes.length);
      else if (end === 'delivered') ledger.deliver(call.envelopes, call.success());
      else ledger.fail(call.envelopes, call.failure(end));
    }
  }

  private read({ id = '', data }: CallJob): Call | undefined {
    const { refusedAt, isUnderWay, failureReason } = (data as CallJobData | undefined | null) ?? {};
    const call = toCall(id, data, refusedAt !== undefined && this.lastGoodAnswerAt > refusedAt);
    if (isUnderWay) call?.loseSight('The process that sent it ended before WebEngage answered');
    if (failureReason !== undefined) call?.startOver();
    return call;
  }

  private async attempt(job: CallJob, call: Call, probe: Probe | undefined): Promise<AttemptResult> {
    const { clock, random } = this.tools;
    if (job.data.isSplit) return { ...(await this.split(job, call)), wasSent: false };
    const obstacle = this.obstacleTo(call);
    if (obstacle !== undefined) return { ...(await this.fail(job, call, obstacle)), wasSent: false };
    const ticket = await this.send(job, call, probe !== undefined);
    // What the shutdown breaks off says nothing of the host, and the next process goes on with it.
    if (this.isStopping && call.lastAnswer.status === undefined) {
      return { ...(await this.putFirst(job, call)), wasSent: true };
    }
    const moment = { now: clock.now(), isProbe: ticket.isProbe, isLast: false, goodAnswers: this.health.goodAnswers };
    const outcome = concludeAttempt(call, moment, this.limits, random);
    const cause = this.causeToHold(call, ticket);
    const decision = await this.decide(job, call, outcome, probe);
    return { ...decision, wasSent: true, ...(cause === undefined ? undefined : { cause }) };
  }

  private obstacleTo(call: Call): FailureReason | undefined {
    const { clock } = this.tools;
    if (call.isTooLate(clock.now(), clock.elapsed())) return 'idempotency window over';
    return call.countedAttempts >= this.limits.maxAttempts ? 'attempts exhausted' : undefined;
  }

  private async send(job: CallJob, call: Call, isProbe: boolean): Promise<Ticket> {
    const { clock, sender } = this.tools;
    call.begin(clock.now(), clock.elapsed());
    // Before the first byte goes out: whoever finds this job after a crash must know since when it may be ingested.
    await this.save(job, call, { isUnderWay: true });
    const ticket = this.health.ticket(isProbe);
    call.end(await sender.send(call));
    return ticket;
  }

  private causeToHold(call: Call, ticket: Ticket): HoldCause | undefined {
    const { lastAnswer: answer } = call;
    const { goodAnswers } = this.health;
    const reason = this.health.reasonToHold(ticket, answer, call.wasRefusedAlone);
    if (this.health.goodAnswers > goodAnswers) this.lastGoodAnswerAt = this.tools.clock.now();
    const isUsedUp = isOverQuota(answer) || (answer.rateLimit?.remaining === 0 && !ticket.isProbe);
    if (isUsedUp) return { reason: 'over quota', answer };
    return reason && { reason, answer };
  }

  private async decide(job: CallJob, call: Call, outcome: Outcome, probe: Probe | undefined): Promise<Decision> {
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

  private async fail(job: CallJob, call: Call, reason: FailureReason): Promise<Decision> {
    await this.save(job, call, { failureReason: reason });
    return { disposal: { kind: 'failed', message: `${reason}: ${call.lastAnswer.message}` }, end: reason };
  }

  private async split(job: CallJob, call: Call): Promise<Decision> {
    // Should this process crash on the way, the next one goes on where it was, with the same ids.
    if (!job.data.isSplit) await this.save(job, call, { isSplit: true });
    let parts = 0;
    const nextId = (): string =>
      createHash('sha256').update(`${call.requestId}/${parts++}`).digest('hex').slice(0, call.requestId.length);
    for (const part of call.split(nextId)) await this.queues[part.kind].add(part, PRIORITY.sentBefore);
    return { disposal: { kind: 'done' } };
  }

  private async putFirst(job: CallJob, call: Call): Promise<Decision> {
    await this.save(job, call, this.refusalOf(call));
    return { disposal: { kind: 'first' } };
  }

  private async putOff(job: CallJob, call: Call, delay: number, probe: Probe | undefined): Promise<Decision> {
    await this.save(job, call, this.refusalOf(call));
    if (job.priority !== PRIORITY.sentBefore) await job.changePriority({ priority: PRIORITY.sentBefore });
    const saysNothingOfIt = isAccessRefused(call.lastAnswer) || isHostOutOfReach(call.lastAnswer);
    if (probe === undefined || !saysNothingOfIt) return { disposal: { kind: 'later', delay } };
    // Far enough for the next probe to be another call, until enough of them were tried; then they take turns.
    const turn = probe.probesBefore < CALLS_TO_PROBE_WITH ? 2 * LONGEST_PAUSE : 0;
    return { disposal: { kind: 'later', delay: Math.max(delay, turn) } };
  }

  private refusalOf({ lastAnswer }: Call): CallMarks {
    return isAccessRefused(lastAnswer) ? { refusedAt: this.tools.clock.now() } : {};
  }

  private async save(job: CallJob, call: Call, marks: CallMarks): Promise<void> {
    await job.updateData(toJobData(call, marks));
  }
}
