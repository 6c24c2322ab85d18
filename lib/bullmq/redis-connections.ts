import type { Redis, RedisOptions } from 'ioredis';
import type { BullMqDeliveryOptions } from './bullmq-delivery.options.js';
import type { IoRedis } from './peers.js';
import type { RedisLog } from './redis-log.js';

/** A Redis that takes a command and does not answer it is taken to be away after so many milliseconds. */
const SILENCE = 10_000;
/** A worker's command may ask Redis to answer only when there is a job, which BullMQ does for ten seconds at most. */
const WORKERS_SILENCE = 30_000;

/** Fails at once when Redis is away: what to do about it is decided here, not in a client's queue. */
const FAILING_FAST: RedisOptions = {
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  socketTimeout: SILENCE,
  lazyConnect: true,
};

/** Waits for Redis, as BullMQ wants its workers to. */
const WAITING: RedisOptions = { maxRetriesPerRequest: null, socketTimeout: WORKERS_SILENCE, lazyConnect: true };

/** The delivery's own connections to Redis. They are opened without waiting for it. */
export class RedisConnections {
  /** For all that is asked of Redis, except by the workers. */
  readonly commands: Redis;
  private readonly workers: Redis[] = [];
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
    const redis = this.open(WAITING);
    this.workers.push(redis);
    return redis;
  }

  /** Closes all of them at once, whatever is under way. */
  close(): void {
    this.isClosed = true;
    for (const redis of [this.commands, ...this.workers]) redis.disconnect();
  }

  private open(options: RedisOptions): Redis {
    const redis = this.create(options);
    redis.on('error', (error) => this.isClosed || this.log.failed(error));
    redis.on('ready', () => this.log.works());
    redis.connect().catch(() => undefined);
    return redis;
  }

  private create(options: RedisOptions): Redis {
    const { Redis } = this.ioredis;
    if (typeof this.connection === 'string') return new Redis(this.connection, options);
    if (isClient(this.connection)) return this.connection.duplicate(options);
    return new Redis({ ...this.connection, ...options });
  }
}

function isClient(connection: Redis | RedisOptions): connection is Redis {
  return typeof (connection as Redis).duplicate === 'function';
}
