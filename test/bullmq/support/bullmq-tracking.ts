import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, jest } from '@jest/globals';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import type { DeliveredEvent, FailedEvent, WebEngageModuleOptions } from 'nestjs-webengage';
import { bullMqDelivery, type BullMqDeliveryOptions } from 'nestjs-webengage/bullmq';
import type { CallJobData } from '../../../lib/bullmq/calls/call-job.js';
import type { CallKind } from '../../../lib/http/outgoing-call.js';
import { AnsweringServer } from '../../support/answering-server.js';
import { startTracking, type TrackingContext } from '../../support/tracking-context.js';
import { until } from './until.js';

export const EVENT = { userId: 'johndoe', eventName: 'Added to Cart', eventData: { Price: 39.8 } };

/** So many events that can be told apart. */
export const eventsOf = (count: number) =>
  Array.from({ length: count }, (_, number) => ({ ...EVENT, eventData: { number } }));

/** The calls of a quota that is never in the way. */
const PLENTY = 1_000_000;

/** Quick re-attempts. */
const RETRY = { minDelay: 5, maxDelay: 20 };

/** Tests of what needs a Redis that all of them may share; skipped where there is none. */
export const describeWithRedis = process.env.REDIS_URL ? describe : describe.skip;

type Delivery = Partial<BullMqDeliveryOptions>;
type Job = NonNullable<Awaited<ReturnType<Queue<CallJobData>['getJob']>>>;

/** An application on Redis, and all outcomes that it reported. */
export interface BullMqApplication extends TrackingContext {
  readonly delivered: DeliveredEvent[];
  readonly failed: FailedEvent[];
}

/** What each test of a spec file finds ready: Redis, a server in WebEngage's place, and the way to track. */
export class BullMqTracking {
  readonly prefix = `test-${randomUUID()}`;
  readonly queueName = 'events';
  private readonly started: TrackingContext[] = [];
  private readonly queues = new Map<CallKind, Queue<CallJobData>>();

  private constructor(
    readonly redisUrl: string,
    /** The test's own connection. */
    readonly redis: Redis,
    readonly server: AnsweringServer,
  ) {}

  static async begin(redisUrl: string): Promise<BullMqTracking> {
    return new BullMqTracking(redisUrl, new Redis(redisUrl), await AnsweringServer.start());
  }

  /** Starts one more process, as it were: an application with connections of its own. */
  async start(delivery: Delivery = {}, options: Partial<WebEngageModuleOptions> = {}): Promise<BullMqApplication> {
    const context = await startTracking({
      host: this.server.url,
      retry: RETRY,
      timeout: 2_000,
      ...options,
      delivery: this.delivery(delivery),
    });
    this.started.push(context);
    const application = { ...context, delivered: [] as DeliveredEvent[], failed: [] as FailedEvent[] };
    context.events.delivered$.subscribe((event) => application.delivered.push(event));
    context.events.failed$.subscribe((event) => application.failed.push(event));
    return application;
  }

  /** A delivery by way of this test's queues. */
  delivery(options: Delivery = {}): NonNullable<WebEngageModuleOptions['delivery']> {
    return bullMqDelivery({
      connection: this.redisUrl,
      queueName: this.queueName,
      prefix: this.prefix,
      quota: { single: PLENTY, bulk: PLENTY },
      enqueueTimeout: 2_000,
      shutdownTimeout: 1_000,
      ...options,
    });
  }

  /** The queue as BullMQ shows it to anybody. */
  queue(kind: CallKind = 'single'): Queue<CallJobData> {
    let queue = this.queues.get(kind);
    if (!queue) {
      const name = kind === 'single' ? this.queueName : `${this.queueName}-bulk`;
      queue = new Queue<CallJobData>(name, { connection: { url: this.redisUrl }, prefix: this.prefix });
      this.queues.set(kind, queue);
    }
    return queue;
  }

  async job(requestId: string, kind: CallKind = 'single'): Promise<Job> {
    const job = await this.queue(kind).getJob(requestId);
    if (!job) throw new Error(`There is no job ${requestId}`);
    return job;
  }

  /** Jobs that are to be delivered still. */
  unfinished(kind: CallKind = 'single'): Promise<number> {
    return this.queue(kind).getJobCountByTypes('waiting', 'prioritized', 'delayed', 'active');
  }

  /** Resolves when nothing is left to deliver; whatever is put off for later goes at once meanwhile. */
  async delivered(kind: CallKind = 'single'): Promise<void> {
    await until('all jobs are finished', async () => {
      await this.queue(kind).promoteJobs();
      return (await this.unfinished(kind)) === 0;
    });
  }

  async end(): Promise<void> {
    for (const { app } of this.started.splice(0)) await app.close();
    for (const queue of this.queues.values()) await queue.close();
    const keys = await this.redis.keys(`${this.prefix}:*`);
    if (keys.length > 0) await this.redis.del(keys);
    this.redis.disconnect();
    await this.server.close();
  }
}

/** Called once in a describe block; everything is new for each test, and closed after it. */
export function useBullMqTracking(redisUrl: () => string = () => process.env.REDIS_URL ?? ''): {
  readonly current: BullMqTracking;
} {
  let tracking: BullMqTracking | undefined;
  // Whole applications start and stop, several of them on a busy machine.
  jest.setTimeout(20_000);

  beforeEach(async () => {
    tracking = await BullMqTracking.begin(redisUrl());
  });

  afterEach(async () => {
    await tracking?.end();
    tracking = undefined;
  });

  return {
    get current() {
      if (!tracking) throw new Error('No test is running');
      return tracking;
    },
  };
}
