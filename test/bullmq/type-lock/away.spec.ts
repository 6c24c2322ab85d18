import { createServer, type AddressInfo } from 'node:net';
import { runInThisContext } from 'node:vm';
import { expect, it } from '@jest/globals';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';
import { connectionsTo } from '../support/redis-clients.js';
import { describeWithOwnRedis, useOwnRedis } from '../support/own-redis.js';
import { until } from '../support/until.js';
import { locked, type Pod, useTypeLockStores } from './type-lock-stores.js';

// The process that Jest shows to tests is a copy.
const realProcess = runInThisContext('process') as NodeJS.Process;

const PRICE = locked('Price', 'Number');
const AWAY = /^error: The type lock's Redis does not answer as it should: .*$/;
const BACK = "log: The type lock's Redis answers again";

describeWithOwnRedis('a type lock whose Redis', () => {
  const test = useTypeLockStores(() => own.redis.url);
  const own = useOwnRedis();
  expectNoUnobservedErrors();

  const untilSettled = ({ store }: Pod): Promise<void> =>
    until('it is settled', () =>
      store.settle([PRICE]).then(
        () => true,
        () => false,
      ),
    );

  it('is away rejects, is tried again, and tells of both once', async () => {
    const pod = await test.current.open();
    await pod.store.settle([PRICE]);
    await own.redis.kill();
    await until('it is seen to be away', () => pod.log.lines.length > 0);
    for (let times = 0; times < 3; times++) {
      await expect(pod.store.read()).rejects.toThrow('Redis cannot be reached');
      await expect(pod.store.settle([PRICE])).rejects.toThrow('Redis cannot be reached');
    }
    await own.redis.start();
    await untilSettled(pod);
    await expect(pod.store.read()).resolves.toEqual([PRICE]);
    expect(pod.log.lines).toEqual([expect.stringMatching(AWAY), BACK]);
  });

  it('is away when the application boots rejects, once it knows', async () => {
    await own.redis.kill();
    const pod = await test.current.open();
    await expect(pod.store.read()).rejects.toThrow('Redis cannot be reached');
    await own.redis.start();
    await untilSettled(pod);
    expect(pod.log.lines).toEqual([expect.stringMatching(AWAY), BACK]);
  });

  it('does not answer rejects in time, and closes at once', async () => {
    const before = sockets();
    const pod = await test.current.open({ timeout: 300 });
    await pod.store.settle([PRICE]);
    own.redis.freeze();
    await expect(pod.store.settle([locked('Coupon', 'String')])).rejects.toThrow('within 300 ms');
    await expect(pod.store.read()).rejects.toThrow('within 300 ms');
    expect(pod.log.lines).toEqual([expect.stringMatching(AWAY)]);
    own.redis.thaw();
    await untilSettled(pod);
    expect(pod.log.lines.slice(1)).toEqual([BACK]);
    own.redis.freeze();
    const inFlight = expect(pod.store.read()).rejects.toThrow();
    await pod.store.close();
    await inFlight;
    await until('no socket is left', () => sockets() <= before);
    expect(pod.log.lines).toHaveLength(2);
  });

  it('breaks off while it is read is read from there again', async () => {
    const [one, other] = [await test.current.open(), await test.current.open()];
    const types = Array.from({ length: 15_000 }, (_, number) => locked(`Attribute ${number}`, 'Number'));
    await one.store.settle(types.slice(0, 10));
    await expect(other.store.read()).resolves.toHaveLength(10);
    await one.store.settle(types);
    const reading = expect(other.store.read()).rejects.toThrow();
    await test.current.redis.ping();
    await test.current.redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await reading;
    await untilSettled(other);
    await expect(other.store.read()).resolves.toEqual([...types.slice(10), PRICE]);
    expect(other.forgotten.times).toBe(0);
  });

  it('takes connections and says nothing rejects in time', async () => {
    const silent = createServer((socket) => socket.resume()).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const { port } = silent.address() as AddressInfo;
    const { store } = await test.current.open({ connection: { host: '127.0.0.1', port }, timeout: 300 });
    await expect(store.read()).rejects.toThrow('Redis cannot be reached');
    await store.close();
    await new Promise((resolve) => silent.close(resolve));
  });

  it('is out of memory settles nothing, says so once, and lets read', async () => {
    const pod = await test.current.open();
    await pod.store.settle([PRICE]);
    await test.current.redis.config('SET', 'maxmemory', '1');
    for (let times = 0; times < 2; times++) {
      await expect(pod.store.settle([locked('Coupon', 'String')])).rejects.toThrow('OOM');
      await pod.store.read();
    }
    expect(await test.current.types()).toEqual({ '["Added to Cart","Price"]': 'Number' });
    await test.current.redis.config('SET', 'maxmemory', '0');
    await pod.store.settle([locked('Coupon', 'String')]);
    await expect(pod.store.read()).resolves.toEqual([locked('Coupon', 'String')]);
    expect(pod.log.lines).toEqual([expect.stringMatching(/OOM/), BACK]);
  });

  it('is used by way of one connection, which close() ends', async () => {
    const before = await connectionsTo(test.current.redis);
    const { store, log } = await test.current.open();
    await store.read();
    expect(await connectionsTo(test.current.redis)).toBe(before + 1);
    await store.close();
    await until('it is closed', async () => (await connectionsTo(test.current.redis)) === before);
    expect(log.lines).toEqual([]);
  });
});

function sockets(): number {
  return realProcess.getActiveResourcesInfo().filter((resource) => resource.startsWith('TCP')).length;
}
