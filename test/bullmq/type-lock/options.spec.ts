import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Cluster, Redis } from 'ioredis';
import { ConfigurationError } from 'nestjs-webengage';
import { redisTypeLock, type RedisTypeLockOptions } from 'nestjs-webengage/bullmq';
import type { TypeLockStore } from '../../../lib/catalog/type-lock/type-lock-store.js';
import { silentLog } from '../../support/delivery-fakes.js';
import { describeWithRedis } from '../support/bullmq-tracking.js';
import { LICENSE_CODE, locked, useTypeLockStores } from './type-lock-stores.js';

const PASSWORD = 'canary-of-the-type-lock';
const SETTINGS = {
  licenseCode: LICENSE_CODE,
  account: undefined,
  maxAttributes: 10,
  logger: silentLog,
  onForgotten: () => undefined,
};

const everythingOf = (value: unknown): string =>
  inspect(value, { depth: Infinity, showHidden: true }) + JSON.stringify(value) + (value as Error).stack;

describe('redisTypeLock()', () => {
  const problemsOf = async (options: unknown): Promise<ConfigurationError> => {
    const create = async (): Promise<TypeLockStore> => redisTypeLock(options as RedisTypeLockOptions)(SETTINGS);
    const error: unknown = await create().then(
      (store) => store.close(),
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ConfigurationError);
    return error as ConfigurationError;
  };

  it.each<[string, unknown, string[]]>([
    ['nothing', undefined, ['.connection']],
    ['what is no object', 'redis://127.0.0.1', ['', '.connection']],
    ['a URL of another kind', { connection: `http://:${PASSWORD}@127.0.0.1` }, ['.connection']],
    ['a URL with a keyPrefix', { connection: `redis://:${PASSWORD}@127.0.0.1?keyPrefix=a` }, ['.connection']],
    ['options with a keyPrefix', { connection: { password: PASSWORD, keyPrefix: 'a' } }, ['.connection.keyPrefix']],
    ['a URL among options', { connection: { url: `redis://:${PASSWORD}@127.0.0.1` } }, ['.connection.url']],
    ['more than one', { connection: 5, prefix: '', timeout: 0 }, ['.connection', '.prefix', '.timeout']],
  ])('refuses %s when the application boots', async (_name, options, fields) => {
    const error = await problemsOf(options);
    expect(error.problems.map(({ option }) => option)).toEqual(fields.map((field) => `typeLock.store${field}`));
    expect(everythingOf(error)).not.toContain(PASSWORD);
    expect(error.message).not.toMatch(/delivery|BullMQ/);
  });

  it('refuses a cluster, and leaves it alone', async () => {
    const connection = new Cluster([{ host: '127.0.0.1', port: 1 }], { lazyConnect: true });
    const { problems } = await problemsOf({ connection });
    expect(problems).toMatchObject([{ option: 'typeLock.store.connection' }]);
    expect(connection.status).toBe('wait');
  });
});

describeWithRedis('the connection of a type lock', () => {
  const test = useTypeLockStores();

  it('may be a client, which is duplicated and left as it is', async () => {
    const client = new Redis(process.env.REDIS_URL ?? '', { lazyConnect: true });
    const { store } = await test.current.open({ connection: client });
    await expect(store.settle([locked('Price', 'Number')])).resolves.toHaveLength(1);
    await store.close();
    expect(client.status).toBe('wait');
    expect(client).not.toHaveProperty('settleTypes');
  });

  it('shows its secrets nowhere', async () => {
    const { options } = test.current.redis;
    const url = `redis://:${PASSWORD}@${options.host}:${options.port}`;
    for (const connection of [url, { host: options.host, port: options.port, password: PASSWORD }]) {
      const { store, log } = await test.current.open({ connection });
      // A Redis without a password takes any, or says that it has none: both are told of without it.
      const outcome: unknown = await store.settle([locked('Price', 'Number')]).catch((error: unknown) => error);
      const factory = redisTypeLock({ connection });
      expect(everythingOf([outcome, log.lines, store, factory])).not.toContain(PASSWORD);
    }
  });
});
