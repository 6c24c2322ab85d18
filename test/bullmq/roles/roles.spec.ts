import { expect, it } from '@jest/globals';
import { DeliveryRoleError } from 'nestjs-webengage';
import { EVENT, describeWithRedis, eventsOf, useBullMqTracking } from '../support/bullmq-tracking.js';
import { connectionsTo } from '../support/redis-clients.js';
import { watchBooks } from '../support/books.js';
import { pause, until } from '../support/until.js';
import { describeWithOwnRedis, useOwnRedis } from '../support/own-redis.js';

describeWithOwnRedis('the connections to Redis', () => {
  const own = useOwnRedis();

  it.each([
    ['producer', 1],
    ['worker', 4],
    ['both', 4],
  ] as const)('of a %s are %d', async (role, count) => {
    const before = await connectionsTo(own.test.current.redis);
    const { events } = await own.test.current.start({ role });
    if (role !== 'worker') await events.trackMany(eventsOf(30));
    await until('all are open', async () => (await connectionsTo(own.test.current.redis)) === before + count);
    await pause(100);
    expect(await connectionsTo(own.test.current.redis)).toBe(before + count);
  });
});

describeWithRedis('the role of a process', () => {
  const test = useBullMqTracking();

  it('producer: it never calls WebEngage', async () => {
    const { events } = await test.current.start({ role: 'producer' });
    await events.trackMany(eventsOf(10));
    await pause(200);
    expect(test.current.server.connections.total).toBe(0);
    await expect(test.current.unfinished()).resolves.toBe(10);
  });

  it('worker: it refuses events, and says why', async () => {
    const { events } = await test.current.start({ role: 'worker' });
    await expect(events.track(EVENT)).rejects.toBeInstanceOf(DeliveryRoleError);
    await expect(events.trackMany([EVENT, EVENT])).rejects.toBeInstanceOf(DeliveryRoleError);
    expect(events.stats()).toMatchObject({ accepted: 0, refused: 3, pending: 0 });
  });

  it('both, twice: they share the events, and each arrives once', async () => {
    const processes = [await test.current.start({ concurrency: 2 }), await test.current.start({ concurrency: 2 })];
    const books = processes.map(({ events }) => watchBooks(events));
    test.current.server.reply = async () => {
      await pause(5);
      return { status: 201, body: '{"response":{"status":"queued"}}' };
    };
    const receipts = (await Promise.all(processes.map(({ events }) => events.trackMany(eventsOf(40))))).flat();
    await until('all arrived', () => processes.flatMap(({ delivered }) => delivered).length === 80);
    const arrived = test.current.server.calls.map(({ requestId }) => requestId);
    expect([...arrived].sort()).toEqual(receipts.map(({ requestId }) => requestId).sort());
    for (const { delivered } of processes) expect(delivered.length).toBeGreaterThan(0);
    for (const page of books) page.expectInOrder();
  });

  it('a worker delivers single and bulk calls, whatever its own options say', async () => {
    const single = await test.current.start({ role: 'producer' });
    const bulk = await test.current.start({ role: 'producer', bulk: 'always' });
    await single.events.trackMany(eventsOf(3));
    await bulk.events.trackMany(eventsOf(3));
    const { delivered } = await test.current.start({ role: 'worker' });
    await until('all arrived', () => delivered.length === 6);
    expect(test.current.server.calls.filter(({ isBulk }) => isBulk)).toHaveLength(1);
  });
});
