import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChildProcess } from './child-process.mjs';
import { withRedis } from './redis.mjs';
import { StoredCalls } from './stored-calls.mjs';

const QUEUE_NAME = 'faults';
const PATIENCE = 170_000;
export const SHUTDOWN_TIMEOUT = 2_000;
/** So large that it does not limit. */
export const NO_QUOTA = { single: 1_000_000, bulk: 1_000_000, interval: 60_000 };

/** Lets `work` use the processes of a durable delivery; what they wrote to Redis's disk is searched for the key. */
export function withDurableSetup(plan, settings, work) {
  return withRedis(plan.redis ?? { appendfsync: 'everysec' }, async (redis) => {
    const setup = new DurableSetup(redis);
    try {
      await setup.start(plan, settings);
      const result = await work(setup);
      result.verdict.hold(!holds(redis.directory, settings.apiKey), 'the API key is in Redis');
      return result;
    } finally {
      setup.kill();
    }
  });
}

/** WebEngage, Redis, workers and a producer, each a process of its own. */
class DurableSetup {
  /** Those at work. */
  workers = [];
  /** All that ever were. */
  everyWorker = [];
  producer;
  #webengage;
  #orders;

  constructor(redis) {
    this.redis = redis;
  }

  async start({ workers = 0, faults = [], slidingQuota, delivery, retry }, { apiKey, licenseCode, seed }) {
    const world = { apiKey, licenseCode, seed, quota: NO_QUOTA, slidingQuota, faults };
    this.#webengage = new ChildProcess('webengage.mjs', world, { limit: PATIENCE });
    const { url: host } = await this.#webengage.told('listening');
    this.#orders = {
      options: { host, licenseCode, apiKey, retry },
      delivery: {
        connection: this.redis.url,
        queueName: QUEUE_NAME,
        quota: NO_QUOTA,
        shutdownTimeout: SHUTDOWN_TIMEOUT,
        ...delivery,
      },
    };
    await this.startWorkers(workers);
  }

  async startWorkers(count) {
    const started = Array.from({ length: count }, () => this.#startWorker());
    this.workers.push(...started);
    await Promise.all(started.map((worker) => worker.told('ready')));
  }

  /** Begins to track so many events within `feedFor` milliseconds; 0 is as fast as possible. */
  async produce(count, feedFor) {
    const orders = { ...this.#orders, count, feedFor, flushTimeout: PATIENCE };
    this.producer = new ChildProcess('durable-producer.mjs', orders, { limit: PATIENCE });
    await this.producer.told('ready');
  }

  /** Resolves when what the producer tracked is stored, or given up. */
  async untilStored() {
    await this.producer.told('fed');
  }

  /** Kills a worker as a crash would, and starts another one in its place. Resolves with the moment of its death. */
  async crashWorker(index) {
    const worker = this.workers[index];
    worker.signal('SIGKILL');
    const { at } = await worker.ended;
    this.workers[index] = this.#startWorker();
    return at;
  }

  /**
   * Waits for at most so many milliseconds until no call is left to be delivered. Resolves with the moment, Infinity if it
   * never came, and with the events that were given up or are left by then.
   */
  untilDelivered(patience) {
    return this.#withStoredCalls(async (calls) => {
      return { at: await calls.untilNoneIsOpen(patience), failed: await calls.failed(), open: await calls.open() };
    });
  }

  /** How many calls are stored and not yet delivered. */
  countOpen() {
    return this.#withStoredCalls((calls) => calls.countOpen());
  }

  /** Ends the workers; resolves with how each of them and the producer ended, and with what WebEngage has seen. */
  async finish() {
    // One that was started a moment ago would not know yet what to do about the signal.
    await Promise.all(this.workers.map((worker) => worker.told('ready')));
    const at = Date.now();
    for (const worker of this.workers) worker.signal('SIGTERM');
    const producer = await endOf(this.producer, await this.producer.told('fed'));
    const workers = await Promise.all(this.workers.map((worker) => endOf(worker, { at })));
    this.#webengage.send('what have you seen?');
    const seen = await this.#webengage.told('seen');
    this.#webengage.signal('SIGTERM');
    return { producer, workers, seen };
  }

  kill() {
    for (const application of [this.#webengage, this.producer, ...this.everyWorker]) application?.signal('SIGKILL');
  }

  async #withStoredCalls(work) {
    const calls = new StoredCalls(this.redis, QUEUE_NAME);
    try {
      return await work(calls);
    } finally {
      await calls.close();
    }
  }

  #startWorker() {
    const worker = new ChildProcess('durable-worker.mjs', this.#orders, { limit: PATIENCE });
    this.everyWorker.push(worker);
    return worker;
  }
}

async function endOf(application, closing) {
  const end = await application.ended;
  const report = await application.told('report');
  return { application, closing, end, report, shutdownTimeout: SHUTDOWN_TIMEOUT };
}

/** Whether a text stands in any file of a folder. */
function holds(directory, text) {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.some((file) => readFileSync(join(file.parentPath, file.name)).includes(text));
}
