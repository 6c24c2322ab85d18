import { expect, it } from '@jest/globals';
import { StoreUnavailableError } from 'nestjs-webengage';
import { EVENT } from '../support/bullmq-tracking.js';
import { describeWithOwnRedis, useOwnRedis } from '../support/own-redis.js';
import { until } from '../support/until.js';

describeWithOwnRedis('a Redis that is out of memory', () => {
  const own = useOwnRedis(['--maxmemory-policy', 'noeviction']);

  it('makes track() reject in time, with its own words', async () => {
    const { events, failed } = await own.test.current.start({ role: 'producer', enqueueTimeout: 400 });
    await events.track(EVENT);
    await own.test.current.redis.config('SET', 'maxmemory', '1');
    const error: unknown = await events.track(EVENT).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StoreUnavailableError);
    expect(error).toMatchObject({ mayBeStored: false });
    expect((error as Error).message).toMatch(/OOM/);
    expect(failed).toMatchObject([{ reason: 'not stored', outcomeUnknown: false }]);
  });

  it('takes what waits once there is room', async () => {
    const { events, delivered } = await own.test.current.start({ enqueueTimeout: 10_000 });
    await events.track(EVENT);
    await until('it arrived', () => delivered.length === 1);
    await own.test.current.redis.config('SET', 'maxmemory', '1');
    const receipt = events.track(EVENT);
    await until('it says so', () => Promise.resolve(events.stats().pending === 1));
    await own.test.current.redis.config('SET', 'maxmemory', '0');
    await expect(receipt).resolves.toMatchObject({ state: 'durable' });
    await until('it arrived', () => delivered.length === 2);
  });
});
