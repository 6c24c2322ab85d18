import { setTimeout as pause } from 'node:timers/promises';
import { Queue } from 'bullmq';

const OPEN = ['wait', 'paused', 'active', 'delayed', 'prioritized'];
const LOOK_AGAIN = 50;

/** What a durable delivery has stored in Redis, as any BullMQ dashboard would see it. */
export class StoredCalls {
  #queues;

  /** `redis`: a running one. */
  constructor({ port }, queueName) {
    this.#queues = [queueName, `${queueName}-bulk`].map((name) => {
      const queue = new Queue(name, { connection: { host: '127.0.0.1', port } });
      // What it is asked fails too then.
      queue.on('error', () => undefined);
      return queue;
    });
  }

  /** Resolves with the moment when no call was left to be delivered, or with Infinity after so many milliseconds. */
  async untilNoneIsOpen(patience) {
    for (const deadline = Date.now() + patience; ; await pause(LOOK_AGAIN)) {
      if ((await this.countOpen()) === 0) return Date.now();
      if (Date.now() >= deadline) return Infinity;
    }
  }

  /** How many calls wait to be delivered. */
  async countOpen() {
    const counts = await Promise.all(this.#queues.map((queue) => queue.getJobCountByTypes(...OPEN)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** The events that wait to be delivered. */
  async open() {
    return (await this.#jobs(OPEN)).flatMap(markersOf);
  }

  /** The events that were given up, each with its reason. */
  async failed() {
    const jobs = await this.#jobs(['failed']);
    return jobs.flatMap((job) => markersOf(job).map((marker) => ({ marker, reason: job.failedReason })));
  }

  async close() {
    await Promise.all(this.#queues.map((queue) => queue.close()));
  }

  async #jobs(types) {
    return (await Promise.all(this.#queues.map((queue) => queue.getJobs(types)))).flat();
  }
}

function markersOf({ data }) {
  return data.events.map(({ json }) => JSON.parse(json).eventData.Marker);
}
