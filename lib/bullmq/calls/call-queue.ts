import type { Job, Queue } from 'bullmq';
import type { Call } from '../../delivery/call.js';
import type { CallKind } from '../../http/outgoing-call.js';
import type { BullMq } from '../redis/peers.js';
import type { RedisConnections } from '../redis/redis-connections.js';
import { RedisAwayError } from '../redis/redis-errors.js';
import type { RedisLog } from '../redis/redis-log.js';
import { type CallJobData, jobName, toJobData } from './call-job.js';

/** BullMQ's job priorities: 0 goes before all others, and what was sent before must not wait behind what was not. */
export const PRIORITY = { sentBefore: 0, fresh: 1 } as const;

/** BullMQ tells what happens in a stream for whoever listens; nobody here does. */
const EVENTS_KEPT = 1_000;

export type CallJob = Job<CallJobData, void, string>;

/** The queue of one kind of call. BullMQ's limiter is per queue, and WebEngage has a quota for each kind. */
export class CallQueue {
  readonly name: string;
  private connected: Promise<Queue<CallJobData, void, string>> | undefined;

  constructor(
    readonly kind: CallKind,
    queueName: string,
    readonly prefix: string,
    private readonly bullmq: BullMq,
    private readonly connections: RedisConnections,
    private readonly log: RedisLog,
  ) {
    this.name = kind === 'single' ? queueName : `${queueName}-bulk`;
  }

  /** The key of something of the queue's own in Redis. */
  key(name: string): string {
    return `${this.prefix}:${this.name}:${name}`;
  }

  /** Stores a call under its request id. A call that is stored already stays as it is. */
  async add(call: Call, priority: number = PRIORITY.fresh): Promise<void> {
    const queue = await this.open();
    // Of an earlier acceptance of the event, given up since: it would be in the way.
    if (call.outcomeUnknown) await queue.remove(call.requestId);
    await queue.add(jobName(call), toJobData(call), { jobId: call.requestId, priority });
  }

  /** Takes a call out again, unless it is under way. */
  async remove(requestId: string): Promise<boolean> {
    return (await (await this.open()).remove(requestId)) === 1;
  }

  async find(requestId: string): Promise<CallJob | undefined> {
    return await (await this.open()).getJob(requestId);
  }

  /** Lets the calls that wait for the time of their next attempt be tried now. */
  async promoteDelayed(): Promise<void> {
    await (await this.open()).promoteJobs();
  }

  /** Lets the first of them be tried now; false if there is none. */
  async promoteFirstDelayed(): Promise<boolean> {
    const [job] = await (await this.open()).getDelayed(0, 0);
    await job?.promote();
    return job !== undefined;
  }

  /** Failed calls, the latest first. */
  async failed(offset: number, limit: number): Promise<CallJob[]> {
    return await (await this.open()).getFailed(offset, offset + limit - 1);
  }

  async close(): Promise<void> {
    await (await this.connected)?.close();
  }

  /** BullMQ's queue, opened when Redis is first needed; again if that went wrong. */
  private open(): Promise<Queue<CallJobData, void, string>> {
    // What would wait for Redis inside of BullMQ could not be called back.
    if (!this.connections.isReady) return Promise.reject(new RedisAwayError());
    this.connected ??= this.connect().catch((error: unknown) => {
      this.connected = undefined;
      throw error;
    });
    return this.connected;
  }

  private async connect(): Promise<Queue<CallJobData, void, string>> {
    const queue = new this.bullmq.Queue<CallJobData, void, string>(this.name, {
      connection: this.connections.commands,
      prefix: this.prefix,
      streams: { events: { maxLen: EVENTS_KEPT } },
    });
    queue.on('error', (error) => this.log.failed(error));
    await queue.waitUntilReady();
    return queue;
  }
}
