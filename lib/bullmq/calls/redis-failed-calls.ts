import { toFailedEvent } from '../../delivery/delivery-events.js';
import type { FailedCall, FailedCalls, FailedCallsPage } from '../../delivery/failed-calls.js';
import { RetryRefusedError } from '../../errors/retry-refused.error.js';
import { WebEngageError } from '../../errors/webengage.error.js';
import { isAboutLostJob, RedisAwayError, redisMessage } from '../redis/redis-errors.js';
import { toCall } from './call-job.js';
import { type CallJob, type CallQueue, PRIORITY } from './call-queue.js';

/** The failed calls in Redis: jobs that BullMQ keeps as failed. */
export class RedisFailedCalls implements FailedCalls {
  // Private to the runtime: what leads to Redis leads to its password.
  readonly #queues: readonly CallQueue[];

  constructor(
    queues: readonly CallQueue[],
    private readonly now: () => number,
  ) {
    this.#queues = queues;
  }

  list(page: Required<FailedCallsPage>): Promise<FailedCall[]> {
    return told(this.listPage(page));
  }

  retry(id: string): Promise<boolean> {
    return told(this.retryCall(id));
  }

  discard(id: string): Promise<boolean> {
    return told(this.discardCall(id));
  }

  private async listPage({ offset, limit }: Required<FailedCallsPage>): Promise<FailedCall[]> {
    const latest = await Promise.all(this.#queues.map((queue) => latestOf(queue, offset + limit)));
    const calls = latest.flat().sort((one, other) => other.failedAt - one.failedAt);
    return calls.slice(offset, offset + limit);
  }

  private async retryCall(id: string): Promise<boolean> {
    const job = await this.find(id);
    const call = job && toCall(id, job.data);
    if (!job || !call) return false;
    if (call.outcomeUnknown && call.isTooLate(this.now(), 0)) {
      throw new RetryRefusedError(id, 'its four-hour idempotency window is over');
    }
    await job.changePriority({ priority: PRIORITY.sentBefore });
    return unlessGone(job.retry('failed'));
  }

  private async discardCall(id: string): Promise<boolean> {
    const job = await this.find(id);
    if (!job) return false;
    return unlessGone(job.remove());
  }

  private async find(id: string): Promise<CallJob | undefined> {
    for (const queue of this.#queues) {
      const job = await queue.find(id);
      if (job && (await job.isFailed())) return job;
    }
    return undefined;
  }
}

/** What goes wrong at Redis, in words of this library: an error of its client holds the command. */
async function told<Value>(answer: Promise<Value>): Promise<Value> {
  try {
    return await answer;
  } catch (error) {
    throw error instanceof WebEngageError ? error : new RedisAwayError(`Redis did not answer: ${redisMessage(error)}`);
  }
}

/** False if somebody else, at a dashboard perhaps, was quicker. */
async function unlessGone(change: Promise<void>): Promise<boolean> {
  try {
    await change;
    return true;
  } catch (error) {
    if (isAboutLostJob(error)) return false;
    throw error;
  }
}

/** The latest failed calls of a queue. Jobs of others may stand between them. */
async function latestOf(queue: CallQueue, count: number): Promise<FailedCall[]> {
  const calls: FailedCall[] = [];
  for (let offset = 0; calls.length < count; offset += count) {
    const jobs = await queue.failed(offset, count);
    calls.push(...jobs.flatMap((job) => toFailedCall(job) ?? []));
    if (jobs.length === 0) break;
  }
  return calls;
}

function toFailedCall(job: CallJob): FailedCall | undefined {
  const { id = '', data, finishedOn: failedAt = 0 } = job;
  const call = toCall(id, data);
  if (!call || data.failureReason === undefined) return undefined;
  const failure = call.failure(data.failureReason);
  const events = call.envelopes.map((envelope) => toFailedEvent(envelope, failure));
  return { id, failedAt, events };
}
