import type { Redis, RedisOptions } from 'ioredis';
import type { QuotaOptions } from '../../webengage.options.js';

/** What a process does: track events, deliver them, or both. */
export type DeliveryRole = 'both' | 'producer' | 'worker';

/** What happens to an event that Redis does not take in time. */
export type WhenUnavailable = 'reject' | 'memory';

/** How many failed calls of each kind are kept in Redis, and for how long. */
export interface KeepFailedOptions {
  /** Calls at most; the oldest go first. Default: 10,000. */
  count?: number;
  /** For how long, in milliseconds. Default: 1,209,600,000 (14 days). */
  age?: number;
}

export interface BullMqDeliveryOptions {
  /**
   * Where Redis is: a URL, ioredis's options, or an ioredis client, which is duplicated and left as it is. The delivery
   * opens connections of its own: one where the role is `producer`, four otherwise.
   */
  connection: string | RedisOptions | Redis;
  /**
   * The name of BullMQ's queue for single calls; that for bulk calls is named after it. All processes of one account
   * share it, no two accounts may. Default: `webengage-` and the license code, so that each account has its own.
   */
  queueName?: string;
  /** What BullMQ's keys in Redis begin with. Default: `bull`. */
  prefix?: string;
  /** `producer`: tracks only; `worker`: delivers only, and refuses events; `both` (default). */
  role?: DeliveryRole;
  /**
   * The account's quota, all processes together. It must be the same in each of them. Calls are let go in windows so
   * small that no interval ever holds more.
   */
  quota?: QuotaOptions;
  /**
   * Whether events go up to 25 at a time: `never` (default) or `always`, where only an event that finds no other in time goes
   * by itself. WebEngage documents the recognition of re-attempts for single calls only.
   */
  bulk?: 'never' | 'always';
  /** With `bulk: 'always'`: how long an event waits for others to share its call, in milliseconds. Default: 20. */
  linger?: number;
  /** Calls to WebEngage at one time at most, in this process and of each kind. Default: 16. */
  concurrency?: number;
  /** How long `track()` waits for Redis to take an event, in milliseconds. Default: 5,000. */
  enqueueTimeout?: number;
  /**
   * What happens when that time is over: `reject` (default) makes `track()` reject with `StoreUnavailableError`; `memory`
   * resolves with `accepted`, and hands the event over when Redis is back. A crash loses what is in memory.
   */
  whenUnavailable?: WhenUnavailable;
  /** Events that wait for Redis at one time at most; beyond, `track()` rejects with `BufferFullError`. Default: 10,000. */
  maxPending?: number;
  /** Bytes of the JSON of events that wait for Redis at one time at most. Default: 67,108,864 (64 MiB). */
  maxPendingBytes?: number;
  /**
   * How long a shutdown waits for calls under way and events that wait for Redis, in milliseconds; closing the
   * connections may take as long again. Default: 10,000.
   */
  shutdownTimeout?: number;
  /**
   * After how many milliseconds without a sign of life a worker is taken to have crashed. Default: 30,000. What it had
   * under way is sent again, with the same bytes under the same id, within this time and `stalledInterval`.
   */
  lockDuration?: number;
  /** How often crashed workers are looked for, in milliseconds. Default: 30,000. */
  stalledInterval?: number;
  /** Failed calls are kept in Redis for `FailedEvents` and for any BullMQ dashboard. */
  keepFailed?: KeepFailedOptions;
}
