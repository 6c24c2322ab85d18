import { randomUUID } from 'node:crypto';
import { afterEach } from '@jest/globals';
import { Redis } from 'ioredis';
import { redisTypeLock, type RedisTypeLockOptions } from 'nestjs-webengage/bullmq';
import type { LockedType } from '../../../lib/catalog/type-lock/locked-type.js';
import type { TypeLockSettings, TypeLockStore } from '../../../lib/catalog/type-lock/type-lock-store.js';
import type { AttributeType } from '../../../lib/events/constraints/attribute-type.js';
import { LineLog } from '../../support/delivery-fakes.js';

export const LICENSE_CODE = '~2024bb40';

/** An attribute of the event that the tests speak of. */
export const locked = (attribute: string, type: AttributeType): LockedType => ({
  eventName: 'Added to Cart',
  attribute,
  type,
});

/** The store of one process, as it were. */
export interface Pod {
  readonly store: TypeLockStore;
  readonly log: LineLog;
  /** How often it found that Redis had lost what it held. */
  readonly forgotten: { times: number };
}

/** What each test of a spec file finds ready: Redis, and stores on it. */
export class TypeLockStores {
  readonly prefix = `test-${randomUUID()}`;
  readonly typesKey = `${this.prefix}:{${LICENSE_CODE}}:types`;
  readonly logKey = `${this.prefix}:{${LICENSE_CODE}}:types-log`;
  readonly redis: Redis;
  private readonly pods: Pod[] = [];

  constructor(private readonly url: string) {
    this.redis = new Redis(url);
    // A test may take its Redis away.
    this.redis.on('error', () => undefined);
  }

  async open(options: Partial<RedisTypeLockOptions> = {}, settings: Partial<TypeLockSettings> = {}): Promise<Pod> {
    const log = new LineLog();
    const forgotten = { times: 0 };
    const create = redisTypeLock({ connection: this.url, prefix: this.prefix, ...options });
    const store = await create({
      licenseCode: LICENSE_CODE,
      account: undefined,
      maxAttributes: 250_000,
      logger: log,
      onForgotten: () => void forgotten.times++,
      ...settings,
    });
    const pod = { store, log, forgotten };
    this.pods.push(pod);
    return pod;
  }

  /** The types as Redis has them, by the text that stands for their attribute. */
  types(): Promise<Record<string, string>> {
    return this.redis.hgetall(this.typesKey);
  }

  /** What a flushed Redis, or one that evicts, does to the lock. */
  async lose(...keys: string[]): Promise<void> {
    await this.redis.del(keys.length > 0 ? keys : [this.typesKey, this.logKey]);
  }

  async end(): Promise<void> {
    for (const { store } of this.pods) await store.close();
    // A Redis of the test's own takes all with it, and may be gone by now.
    const isShared = this.url === process.env.REDIS_URL;
    const keys = isShared ? await this.redis.keys(`${this.prefix}:*`) : [];
    if (keys.length > 0) await this.redis.del(keys);
    this.redis.disconnect();
  }
}

/**
 * Called once in a describe block; everything is new for each test, and closed after it. Called before `useOwnRedis()`, it
 * closes before that Redis stops.
 */
export function useTypeLockStores(redisUrl: () => string = () => process.env.REDIS_URL ?? ''): {
  readonly current: TypeLockStores;
} {
  let stores: TypeLockStores | undefined;

  afterEach(async () => {
    await stores?.end();
    stores = undefined;
  });

  return {
    get current() {
      return (stores ??= new TypeLockStores(redisUrl()));
    },
  };
}
