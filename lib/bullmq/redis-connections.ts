import type { Redis, RedisOptions } from 'ioredis';
import type { BullMqDeliveryOptions } from './bullmq-delivery.options.js';
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
  lazyConnect: true,
};

/** Waits for Redis, as BullMQ wants its workers to. */
const WAITING: RedisOptions = { maxRetriesPerRequest: null, lazyConnect: true };

/** The delivery's own connections to Redis. They are opened without waiting for it. */
export class RedisConnections {
  /** For all that is asked of Redis, except by the workers. */
  readonly commands: Redis;
  private readonly opened: { readonly redis: Redis; readonly pulse: Pulse }[] = [];
  private isClosed = false;

  constructor(
    private readonly connection: BullMqDeliveryOptions['connection'],
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

  /** A connection for workers; they open another one each beside it. */
  openForWorkers(): Redis {
    return this.open(WAITING);
  }

  /** Closes all of them at once, whatever is under way. */
  close(): void {
    this.isClosed = true;
    for (const { redis, pulse } of this.opened) {
      pulse.stop();
      redis.disconnect();
    }
  }

  private open(options: RedisOptions): Redis {
    const redis = this.create(options);
    redis.on('error', (error) => this.isClosed || this.log.failed(error));
    redis.on('ready', () => this.log.works());
    redis.connect().catch(() => undefined);
    this.opened.push({ redis, pulse: new Pulse(redis) });
    return redis;
  }

  private create(options: RedisOptions): Redis {
    const { Redis } = this.ioredis;
    if (typeof this.connection === 'string') return new Redis(this.connection, { ...RECONNECTING, ...options });
    if (isClient(this.connection)) return this.connection.duplicate(options);
    return new Redis({ ...RECONNECTING, ...this.connection, ...options });
  }
}

function isClient(connection: Redis | RedisOptions): connection is Redis {
  return typeof (connection as Redis).duplicate === 'function';
}
