import type { Redis, RedisOptions } from 'ioredis';
import type { Secret } from '../../configuration/secret.js';
import type { RedisConnection } from '../options/resolve-connection.js';
import type { IoRedis } from './peers.js';
import { Pulse } from './pulse.js';
import type { RedisLog } from './redis-log.js';

/** Tries to reach Redis twice a second: events wait for it. */
const RECONNECTING: RedisOptions = { retryStrategy: (times) => Math.min(times * 50, 500) };

/** Fails at once when Redis is away: what to do about it is decided here, not in a client's queue. */
const FAILING_FAST: RedisOptions = {
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  lazyConnect: false,
};

/** Waits for Redis, as BullMQ wants its workers to. */
const WAITING: RedisOptions = { maxRetriesPerRequest: null, lazyConnect: false };

/** Connections to Redis that are one's own. They are opened without waiting for it. */
export class RedisConnections {
  /** For all that is asked of Redis, except by the workers. */
  readonly commands: Redis;
  private readonly opened = new Set<Redis>();
  private readonly pulses: Pulse[] = [];
  private isClosed = false;

  constructor(
    private readonly connection: Secret<RedisConnection>,
    private readonly ioredis: IoRedis,
    private readonly log: RedisLog,
  ) {
    this.commands = this.open(FAILING_FAST);
  }

  /** Whether a command would reach Redis now. */
  get isReady(): boolean {
    return this.commands.status === 'ready';
  }

  /** Calls back each time that Redis can be reached again. */
  onReady(callback: () => void): void {
    this.commands.on('ready', callback);
  }

  /** A connection for workers. They open another one each beside it, which is closed here if they do not come to it. */
  openForWorkers(): Redis {
    const redis = this.open(WAITING);
    const duplicate = redis.duplicate.bind(redis);
    redis.duplicate = (options) => this.keepTrackOf(duplicate(options));
    return redis;
  }

  /** Closes all of them at once, whatever is under way. */
  close(): void {
    this.isClosed = true;
    for (const pulse of this.pulses) pulse.stop();
    for (const redis of this.opened) redis.disconnect();
  }

  private open(options: RedisOptions): Redis {
    const redis = this.keepTrackOf(this.create(options));
    redis.on('error', (error) => this.isClosed || this.log.failed(error));
    redis.on('ready', () => this.log.works());
    this.pulses.push(new Pulse(redis));
    return redis;
  }

  private keepTrackOf(redis: Redis): Redis {
    this.opened.add(redis);
    const { retryStrategy } = redis.options;
    if (retryStrategy) redis.options.retryStrategy = (times) => (this.isClosed ? null : retryStrategy(times));
    redis.on('end', () => this.opened.delete(redis));
    // What BullMQ had begun when Redis went away may go on when it is back, after all has been closed.
    redis.on('connect', () => (this.isClosed ? redis.disconnect() : this.opened.add(redis)));
    return redis;
  }

  private create(options: RedisOptions): Redis {
    const { Redis } = this.ioredis;
    const connection = this.connection.reveal();
    if (typeof connection === 'string') return new Redis(connection, { ...RECONNECTING, ...options });
    if (isClient(connection)) return connection.duplicate(options);
    return new Redis({ ...RECONNECTING, ...connection, ...options });
  }
}

function isClient(connection: Redis | RedisOptions): connection is Redis {
  return typeof (connection as Redis).duplicate === 'function';
}
