import { expect, it } from '@jest/globals';
import { QUEUED, type ReceivedCall } from '../../support/answering-server.js';
import { EVENT, describeWithRedis, eventsOf, useBullMqTracking } from '../support/bullmq-tracking.js';
import { until } from '../support/until.js';

const BULK = { bulk: 'always' } as const;
const sizes = (calls: readonly ReceivedCall[]): number[] => calls.map(({ events }) => events.length);
const numbers = (calls: readonly ReceivedCall[]): unknown[] =>
  calls.flatMap(({ events }) => events.map(({ eventData }) => eventData?.number));
const numbered = (count: number): number[] => Array.from({ length: count }, (_, number) => number);

describeWithRedis('events that share a call', () => {
  const test = useBullMqTracking();

  it('are collected for as long as they linger, and are durable then', async () => {
    const { events } = await test.current.start({ ...BULK, role: 'producer', linger: 60 });
    const receipts = await Promise.all(eventsOf(10).map((event) => events.track(event)));
    expect(new Set(receipts.map(({ state }) => state))).toEqual(new Set(['durable']));
    const [job, ...others] = await test.current.queue('bulk').getJobs();
    expect(others).toEqual([]);
    expect(job?.name).toBe('10 events');
    expect(job?.data.events.map(({ requestId }) => requestId)).toEqual(receipts.map(({ requestId }) => requestId));
  });

  it('are at most 25, and each of them goes once', async () => {
    const { events, delivered } = await test.current.start(BULK);
    await events.trackMany(eventsOf(60));
    await until('all arrived', () => delivered.length === 60);
    const { calls } = test.current.server;
    expect(sizes(calls).sort((one, other) => one - other)).toEqual([10, 25, 25]);
    expect(new Set(numbers(calls))).toEqual(new Set(numbered(60)));
    expect(events.stats()).toMatchObject({ accepted: 60, stored: 60, fetched: 60, delivered: 60, pending: 0 });
  });

  it('go under the id of their job, which is none of theirs', async () => {
    const producer = await test.current.start({ ...BULK, role: 'producer' });
    const receipts = await producer.events.trackMany(eventsOf(3));
    const [job] = await test.current.queue('bulk').getJobs();
    const { delivered } = await test.current.start({ role: 'worker' });
    await until('all arrived', () => delivered.length === 3);
    expect(test.current.server.calls).toMatchObject([{ isBulk: true, requestId: job?.id }]);
    expect(delivered.map(({ requestId, bulkRequestId }) => [requestId, bulkRequestId])).toEqual(
      receipts.map(({ requestId }) => [requestId, job?.id]),
    );
    expect(receipts.map(({ requestId }) => requestId)).not.toContain(job?.id);
  });

  it('are those that come in one turn, where they do not linger', async () => {
    const { events, delivered } = await test.current.start({ ...BULK, linger: 0 });
    await events.trackMany(eventsOf(5));
    await events.track(EVENT);
    await until('all arrived', () => delivered.length === 6);
    expect(sizes(test.current.server.calls)).toEqual([5, 1]);
  });

  it('are two at least: one that finds no other goes as a single call, under its own id', async () => {
    const { events, delivered } = await test.current.start(BULK);
    const { requestId } = await events.track(EVENT);
    await until('it arrived', () => delivered.length === 1);
    expect(test.current.server.calls).toMatchObject([{ isBulk: false, requestId, events: [EVENT] }]);
    expect(delivered).toMatchObject([{ requestId, attempts: 1 }]);
    expect(delivered[0]).not.toHaveProperty('bulkRequestId');
  });

  it('hold no more bytes together than a call should', async () => {
    const { events, delivered } = await test.current.start(BULK);
    const large = { ...EVENT, eventData: { Notes: Array.from({ length: 450 }, () => 'x'.repeat(900)) } };
    await events.trackMany([large, large, large, large, large]);
    await until('all arrived', () => delivered.length === 5);
    expect(sizes(test.current.server.calls).sort()).toEqual([1, 2, 2]);
  });

  it('go again together, with the same bytes under the same id', async () => {
    test.current.server.next({ status: 503 }, QUEUED);
    const { events, delivered } = await test.current.start(BULK);
    await events.trackMany(eventsOf(7));
    await until('all arrived', () => delivered.length === 7);
    const [first, second, ...others] = test.current.server.calls;
    expect(others).toEqual([]);
    expect(second).toEqual(first);
  });

  it('are stored at the shutdown, however long they would linger', async () => {
    const { app, events } = await test.current.start({ ...BULK, role: 'producer', linger: 600_000 });
    const receipts = Promise.all(eventsOf(3).map((event) => events.track(event)));
    await app.close();
    expect((await receipts).map(({ state }) => state)).toEqual(['durable', 'durable', 'durable']);
    const [job] = await test.current.queue('bulk').getJobs();
    expect(job?.data.events).toHaveLength(3);
  });
});
