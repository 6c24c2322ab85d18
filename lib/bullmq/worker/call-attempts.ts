import { OnceLog } from '../../common/once-log.js';
import type { Call } from '../../delivery/call.js';
import type { FailureReason } from '../../delivery/delivery-events.js';
import type { DeliveryTools } from '../../delivery/delivery-tools.js';
import { HostHealth, type Ticket } from '../../delivery/host-health.js';
import { concludeAttempt } from '../../delivery/outcome.js';
import { isOverQuota, type RetryLimits } from '../../delivery/retry-policy.js';
import { type CallJobData, isOfLaterVersion, toCall } from '../calls/call-job.js';
import type { CallJob } from '../calls/call-queue.js';
import type { Disposition, Dispositions, Probe } from './dispositions.js';
import type { HoldCause } from './queue-hold.js';

const USED_UP = 'WebEngage says that no call is left of this interval';

/** When a job is looked at again that only a later version of this library can read, in milliseconds. */
const LATER_VERSION_DELAY = 30_000;

export interface AttemptResult extends Disposition {
  /** Whether a call was made at all. */
  readonly wasSent: boolean;
  /** Set if the queue should be held back. */
  readonly cause?: HoldCause;
}

/** Makes attempts to deliver the calls that jobs hold, and stores what each came to. */
export class CallAttempts {
  private readonly health = new HostHealth();
  private readonly limits: RetryLimits;
  private lastGoodAnswerAt = -Infinity;
  private readonly unreadable: OnceLog;
  private isStopping = false;

  constructor(
    private readonly tools: Pick<DeliveryTools, 'sender' | 'ledger' | 'clock' | 'random' | 'settings'>,
    private readonly dispositions: Dispositions,
  ) {
    this.unreadable = new OnceLog(tools.settings.logger);
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
    if (call === undefined) return this.passOver(job);
    const { ledger } = this.tools;
    ledger.fetch(call.envelopes);
    let end: AttemptResult['end'];
    try {
      const result = await this.attempt(job, call, probe);
      ({ end } = result);
      return result;
    } finally {
      if (end === undefined) ledger.store(call.envelopes);
      else if (end === 'delivered') ledger.deliver(call.envelopes, call.success());
      else ledger.fail(call.envelopes, call.failure(end));
    }
  }

  /** The call that a job holds, and what has happened to it since it was stored. */
  private read(job: CallJob): Call | undefined {
    const { refusedAt, isUnderWay } = dataOf(job);
    const call = toCall(job.id ?? '', job.data, refusedAt !== undefined && this.lastGoodAnswerAt > refusedAt);
    if (isUnderWay) call?.loseSight('The process that sent it ended before WebEngage answered');
    return call;
  }

  /** It is no call, or one of a later version, which other processes may run already. */
  private passOver(job: CallJob): AttemptResult {
    if (isOfLaterVersion(job.data)) {
      this.unreadable.say(
        'warn',
        `The queue "${job.queueName}" holds calls that only a later version can read; it is left to it`,
      );
      return { disposal: { kind: 'later', delay: LATER_VERSION_DELAY }, wasSent: false };
    }
    const message = 'the job holds no call of this library';
    this.tools.settings.logger.error(`A job of the queue "${job.queueName}" failed: ${message}`);
    return { disposal: { kind: 'failed', message }, wasSent: false };
  }

  private async attempt(job: CallJob, call: Call, probe: Probe | undefined): Promise<AttemptResult> {
    const unsent = await this.goOn(job, call);
    if (unsent !== undefined) return { ...unsent, wasSent: false };
    const { clock, random } = this.tools;
    const ticket = await this.send(job, call, probe !== undefined);
    // What the shutdown breaks off says nothing of the host, and the next process goes on with it.
    if (this.isStopping && call.lastAnswer.status === undefined) {
      return { ...(await this.dispositions.putFirst(job, call)), wasSent: true };
    }
    const moment = { now: clock.now(), isProbe: ticket.isProbe, isLast: false, goodAnswers: this.health.goodAnswers };
    const outcome = concludeAttempt(call, moment, this.limits, random);
    const cause = this.causeToHold(call, ticket);
    const disposition = await this.dispositions.decide(job, call, outcome, probe);
    return { ...disposition, wasSent: true, ...(cause === undefined ? undefined : { cause }) };
  }

  /** What is to become of it without being sent; undefined if it is to be sent. */
  private async goOn(job: CallJob, call: Call): Promise<Disposition | undefined> {
    const { isSplit, failureReason, failedAfterStalls = 0 } = dataOf(job);
    if (this.isStopping) return { disposal: { kind: 'first' } };
    if (isSplit) return this.dispositions.split(job, call);
    // It was given up, and the process crashed before BullMQ knew; or BullMQ did know, and somebody wants it sent again.
    if (failureReason !== undefined && job.stalledCounter > failedAfterStalls) {
      return this.dispositions.fail(job, call, failureReason);
    }
    if (failureReason !== undefined) call.startOver();
    const obstacle = this.obstacleTo(call);
    return obstacle === undefined ? undefined : this.dispositions.fail(job, call, obstacle);
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
    await this.dispositions.save(job, call, { isUnderWay: true });
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
    if (isUsedUp) return { reason: 'over quota', answer: answer.queued ? { ...answer, message: USED_UP } : answer };
    return reason && { reason, answer };
  }
}

/** What a job holds; jobs of others may hold nothing. */
function dataOf({ data }: { readonly data: Partial<CallJobData> | null }): Partial<CallJobData> {
  return data ?? {};
}
