import { RetryRefusedError } from '../errors/retry-refused.error.js';
import type { FailedEvent } from '../delivery/delivery-events.js';
import type { FailedCall, FailedCalls, FailedCallsPage } from '../delivery/failed-calls.js';
import type { EventBody } from '../events/read-event.js';
import { toCall } from './call-job.js';
import { type CallJob, type CallQueue, PRIORITY } from './call-queue.js';

/** The failed calls in Redis: jobs that BullMQ keeps as failed. */
export class RedisFailedCalls implements FailedCalls {
  constructor(
    private readonly queues: readonly CallQueue[],
    private readonly now: () => number,
  ) {}

  async list({ offset, limit }: Required<FailedCallsPage>): Promise<FailedCall[]> {
    const jobs = (await Promise.all(this.queues.map((queue) => queue.failed(0, offset + limit)))).flat();
    const calls = jobs.flatMap((job) => toFailedCall(job) ?? []);
    return calls.sort((one, other) => other.failedAt - one.failedAt).slice(offset, offset + limit);
  }

  async retry(id: string): Promise<boolean> {
    const job = await this.find(id);
    const call = job && toCall(id, job.data);
    if (!job || !call) return false;
    if (call.outcomeUnknown && call.isTooLate(this.now(), 0)) {
      throw new RetryRefusedError(id, 'its four-hour idempotency window is over');
    }
    await job.changePriority({ priority: PRIORITY.sentBefore });
    await job.retry('failed');
    return true;
  }

  async discard(id: string): Promise<boolean> {
    const job = await this.find(id);
    if (!job) return false;
    await job.remove();
    return true;
  }

  private async find(id: string): Promise<CallJob | undefined> {
    for (const queue of this.queues) {
      const job = await queue.find(id);
      if (job && (await job.isFailed())) return job;
    }
    return undefined;
  }
}

function toFailedCall(job: CallJob): FailedCall | undefined {
  const { id = '', data, finishedOn: failedAt = 0 } = job;
  const call = toCall(id, data);
  if (!call || data.failureReason === undefined) return undefined;
  const failure = call.failure(data.failureReason);
  const events = call.envelopes.map(({ json, requestId, acceptedAt }): FailedEvent => {
    return { event: JSON.parse(json) as EventBody, requestId, acceptedAt, ...failure };
  });
  return { id, failedAt, events };
}
