import { inspect } from 'node:util';
import { expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { ConfigurationError, FailedEvents, WebEngageModule } from 'nestjs-webengage';
import { bullMqDelivery } from 'nestjs-webengage/bullmq';
import { API_KEY } from '../../support/tracking-context.js';
import { EVENT } from '../support/bullmq-tracking.js';
import { describeWithOwnRedis, useOwnRedis } from '../support/own-redis.js';
import { dumpOf } from '../support/redis-dump.js';
import { until } from '../support/until.js';

const PASSWORD = 'canary-of-redis-5c2e';

/** Everything that can be made visible of a value, and of what hangs on it. */
function everythingOf(value: unknown): string {
  const inspected = inspect(value, { depth: Infinity, showHidden: true, maxArrayLength: Infinity });
  const error = value instanceof Error ? `${value.message} ${value.stack}` : '';
  return `${inspected} ${error}`;
}

/** What surrounds the word, or what says that it was not found: of megabytes it shows where to look. */
function find(word: string, text: string): string {
  const index = text.indexOf(word);
  return index < 0 ? 'nowhere' : text.slice(Math.max(0, index - 300), index + 50);
}

function expectNoSecret(text: string): void {
  expect({ key: find(API_KEY, text), password: find(PASSWORD, text) }).toEqual({ key: 'nowhere', password: 'nowhere' });
}

describeWithOwnRedis('the API key and the password of Redis', () => {
  const own = useOwnRedis();

  const connections = (): [string, string | object][] => {
    const { port } = own.redis;
    return [
      ['a URL', `redis://:${PASSWORD}@127.0.0.1:${port}`],
      ['options', { host: '127.0.0.1', port, password: PASSWORD }],
    ];
  };

  async function setPassword(): Promise<void> {
    await own.test.current.redis.config('SET', 'requirepass', PASSWORD);
  }

  it('are nowhere in Redis, in the log, or in what failed', async () => {
    await setPassword();
    const { server, redis } = own.test.current;
    const echo = JSON.stringify({ response: { message: `the key ${API_KEY} is wrong`, status: 'error' } });
    server.next({ status: 400, body: echo }, { status: 503, body: echo });
    const { app, events, failed, delivered, logger } = await own.test.current.start({
      connection: `redis://:${PASSWORD}@127.0.0.1:${own.redis.port}`,
    });
    await events.track(EVENT);
    await until('it failed', () => failed.length === 1);
    await events.track(EVENT);
    await until('it arrived', () => delivered.length === 1);
    const listed = await app.get(FailedEvents).list();
    expect(listed).toHaveLength(1);
    expectNoSecret(everythingOf([failed, delivered, listed, logger.lines, events.stats()]));
    expectNoSecret(await dumpOf(redis));
  });

  it('are not in what a wrong password leads to', async () => {
    await setPassword();
    const { events, failed, logger } = await own.test.current.start({
      connection: `redis://:${PASSWORD}-wrong@127.0.0.1:${own.redis.port}`,
      enqueueTimeout: 200,
      shutdownTimeout: 100,
    });
    const error: unknown = await events.track(EVENT).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'StoreUnavailableError' });
    expectNoSecret(everythingOf([error, failed, logger.lines]));
  });

  it('are not in what can be inspected of the service and of its delivery', async () => {
    await setPassword();
    for (const [, connection] of connections()) {
      const { events, app } = await own.test.current.start({ connection });
      await events.track(EVENT);
      expectNoSecret(everythingOf([events, app.get(FailedEvents)]));
    }
  });

  it('are not in what can be inspected of a delivery on a client of ones own', async () => {
    await setPassword();
    const client = new Redis({ host: '127.0.0.1', port: own.redis.port, password: PASSWORD, lazyConnect: true });
    const { events } = await own.test.current.start({ connection: client });
    await events.track(EVENT);
    expectNoSecret(everythingOf(events));
    client.disconnect();
  });

  it('are not in the factory, nor in the module that holds it', () => {
    const delivery = bullMqDelivery({ connection: `redis://:${PASSWORD}@127.0.0.1` });
    expectNoSecret(everythingOf([delivery, WebEngageModule.forRoot({ licenseCode: 'a', apiKey: API_KEY, delivery })]));
  });

  it('are not in the error about wrong options', async () => {
    const start = own.test.current.start({ connection: `http://:${PASSWORD}@127.0.0.1` });
    const error: unknown = await start.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConfigurationError);
    expectNoSecret(everythingOf(error));
  });
});
