import { randomUUID } from 'node:crypto';
import type { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { observed } from '../../common/maybe-promise.js';
import { waitAtMost } from '../../common/wait-at-most.js';
import type { CallJobData } from '../calls/call-job.js';
import type { CallJob, CallQueue } from '../calls/call-queue.js';
import type { BullMq } from '../redis/peers.js';
import { isAboutLostJob } from '../redis/redis-errors.js';
import type { RedisLog } from '../redis/redis-log.js';
import type { AttemptResult, CallAttempts } from './call-attempts.js';
import type { Disposal } from './dispositions.js';
import type { HoldCause, ProbeResult } from './queue-hold.js';
import type { QuotaWindow } from './quota-window.js';

/** A crash is not the event's fault: what it costs is an attempt, and those are counted elsewhere. */
const MAX_STALLED_COUNT = 1_000_000;
/** How soon a worker sees that its queue is no longer blocked, or that Redis is back, in milliseconds. */
const LOOK_AGAIN = 1_000;
/** How long a worker that is forced to close may take, in milliseconds. */
const LAST_WAIT = 1_000;
/** So many jobs are looked at for one that can be sent. */
const LOOKS_PER_PROBE = 10;
/** When a job is tried again whose attempt Redis, not WebEngage, made fail, in milliseconds. */
const AFTER_REDIS_FAILED = 1_000;

export interface QueueWorkerOptions {
  readonly concurrency: number;
  readonly lockDuration: number;
  readonly stalledInterval: number;
  /** BullMQ's own: the age is in seconds. */
  readonly keepFailed: { readonly count: number; readonly age: number };
  readonly window: QuotaWindow;
  /** How long one attempt may take, in milliseconds. */
  readonly timeout: number;
}

type CallWorker = Worker<CallJobData, void, string>;

/** Takes the calls of one queue as the quota allows, and sees to what becomes of them. */
export class QueueWorker {
  private worker: CallWorker | undefined;
  private idle: Promise<void> | undefined;

  constructor(
    private readonly queue: CallQueue,
    private readonly options: QueueWorkerOptions,
    private readonly attempts: CallAttempts,
    private readonly bullmq: BullMq,
    private readonly redis: Redis,
    private readonly hold: (cause: HoldCause) => Promise<void>,
    private readonly log: RedisLog,
  ) {}

  /** Begins to work, as soon as Redis can be reached. */
  start(): void {
    const { concurrency, lockDuration, stalledInterval, keepFailed, window } = this.options;
    this.worker = new this.bullmq.Worker<CallJobData, void, string>(
      this.queue.name,
      (job, token = '') => this.process(job, token),
      {
        ...this.connection,
        concurrency,
        lockDuration,
        stalledInterval,
        maxStalledCount: MAX_STALLED_COUNT,
        limiter: window,
        maximumRateLimitDelay: LOOK_AGAIN,
        runRetryDelay: LOOK_AGAIN,
        removeOnComplete: { count: 0 },
        removeOnFail: keepFailed,
      },
    );
    this.worker.on('error', (error) => this.failed(error));
    this.worker.on('completed', () => this.log.works());
  }

  /** Takes no more calls; those under way go on. */
  pause(): void {
    if (this.worker) this.idle ??= observed(this.worker.pause());
  }

  /** Waits until the calls under way are where another process finds them, for so many milliseconds at most. */
  async close(timeout: number): Promise<void> {
    this.pause();
    if (this.idle) await waitAtMost(this.idle, timeout, () => undefined);
    // Unless it is forced, BullMQ waits for Redis, however long it is away; forced, it does so for a moment at most.
    if (this.worker) await waitAtMost(this.worker.close(true), LAST_WAIT, () => undefined);
  }

  /** Makes one call whatever the limiter says, to see if the host is back. */
  async probe(probesBefore: number): Promise<ProbeResult> {
    const prober = this.createProber();
    try {
      for (let looks = 0; looks < LOOKS_PER_PROBE; looks++) {
        const token = randomUUID();
        const job = (await prober.getNextJob(token, { block: false })) as CallJob | undefined;
        if (job !== undefined) {
          const { disposal, wasSent, cause } = await this.attempts.make(job, { probesBefore });
          await this.put(job, token, disposal);
          if (wasSent) return cause ?? 'good';
        } else if (!(await this.queue.promoteFirstDelayed())) break;
      }
      return 'nothing to send';
    } finally {
      await prober.close(true);
    }
  }

  /** Without a limiter of its own a worker is not subject to the queue's. */
  private createProber(): CallWorker {
    const { keepFailed, lockDuration, timeout } = this.options;
    const prober: CallWorker = new this.bullmq.Worker<CallJobData, void, string>(this.queue.name, null, {
      ...this.connection,
      autorun: false,
      lockDuration: lockDuration + timeout,
      removeOnComplete: { count: 0 },
      removeOnFail: keepFailed,
    });
    prober.on('error', (error) => this.failed(error));
    return prober;
  }

  private get connection() {
    return { connection: this.redis, prefix: this.queue.prefix };
  }

  /** BullMQ's processor: it returns when the job is done, and throws when it is not. */
  private async process(job: CallJob, token: string): Promise<void> {
    const { disposal, cause } = await this.attempt(job);
    if (cause !== undefined) await this.hold(cause);
    if (disposal.kind === 'done') return;
    if (disposal.kind === 'failed') throw this.failure(disposal.message);
    try {
      await this.put(job, token, disposal);
    } catch (error) {
      // The job stays as it is; when its lock is over it is taken for stalled, and comes again.
      this.failed(error);
    }
    throw new this.bullmq.DelayedError();
  }

  private async attempt(job: CallJob): Promise<AttemptResult> {
    try {
      return await this.attempts.make(job);
    } catch (error) {
      this.failed(error);
      return { disposal: { kind: 'later', delay: AFTER_REDIS_FAILED }, wasSent: true };
    }
  }

  private async put(job: CallJob, token: string, disposal: Disposal): Promise<void> {
    switch (disposal.kind) {
      case 'done':
        return void (await job.moveToCompleted(undefined, token, false));
      case 'failed':
        return void (await job.moveToFailed(this.failure(disposal.message), token, false));
      case 'later':
        return job.moveToDelayed(Date.now() + disposal.delay, token);
      case 'first':
        return void (await job.moveToWait(token));
    }
  }

  private failed(error: unknown): void {
    if (!isAboutLostJob(error)) this.log.failed(error);
  }

  private failure(message: string): Error {
    const error = new this.bullmq.UnrecoverableError(message);
    // BullMQ stores it with the job; where in this library it was made says nothing of the event.
    error.stack = message;
    return error;
  }
}
