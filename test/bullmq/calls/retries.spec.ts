import { expect, it } from '@jest/globals';
import type { Reply } from '../../support/answering-server.js';
import { EVENT, describeWithRedis, eventsOf, useBullMqTracking } from '../support/bullmq-tracking.js';
import { watchBooks } from '../support/books.js';
import { until } from '../support/until.js';

const FOUR_HOURS = 4 * 60 * 60 * 1000;

describeWithRedis('an event that is sent again', () => {
  const test = useBullMqTracking();

  it.each<[string, Reply]>([
    ['answered with 503', { status: 503 }],
    ['answered with 408', { status: 408 }],
    ['answered with a 2xx that does not say queued', { status: 200, body: '{}' }],
    ['not answered', 'reset'],
  ])('goes with the same bytes under the same id after it was %s', async (_name, reply) => {
    test.current.server.next(reply, reply);
    const { events, delivered } = await test.current.start();
    const books = watchBooks(events);
    const { requestId } = await events.track(EVENT);
    await until('it arrived', () => delivered.length === 1);
    const { calls } = test.current.server;
    expect(calls.map((call) => call.requestId)).toEqual([requestId, requestId, requestId]);
    expect(new Set(calls.map(({ body }) => body)).size).toBe(1);
    expect(delivered).toMatchObject([{ requestId, attempts: 3 }]);
    expect(events.stats()).toMatchObject({ accepted: 1, stored: 3, fetched: 3, delivered: 1, pending: 0 });
    books.expectInOrder();
  });

  it('is told of with the moment of its first attempt', async () => {
    test.current.server.reply = () => ({ status: 503 });
    const { events, failed } = await test.current.start({}, { retry: { maxAttempts: 3, minDelay: 20, maxDelay: 40 } });
    const before = Date.now();
    await events.track(EVENT);
    await test.current.server.received(1);
    const after = Date.now();
    await until('it failed', () => failed.length === 1);
    expect(failed).toMatchObject([{ attempts: 3, outcomeUnknown: true, status: 503 }]);
    expect(failed[0]?.windowStartedAt).toBeGreaterThanOrEqual(before);
    expect(failed[0]?.windowStartedAt).toBeLessThanOrEqual(after);
  });

  it('is marked as under way, and dated, before its first byte goes out', async () => {
    const { events } = await test.current.start({ role: 'producer' });
    const { requestId } = await events.track(EVENT);
    let stored: unknown;
    test.current.server.reply = async () => {
      stored = (await test.current.job(requestId)).data;
      return { status: 201, body: '{"response":{"status":"queued"}}' };
    };
    await test.current.start({ role: 'worker' });
    await until('it was sent', () => stored !== undefined);
    expect(stored).toMatchObject({ isUnderWay: true, history: { attempts: 1 } });
    expect(stored).toHaveProperty('history.windowStartedAt');
  });

  it('fails with its reason once its four hours are over, without being sent', async () => {
    test.current.server.reply = () => ({ status: 503 });
    const first = await test.current.start(
      { concurrency: 1 },
      { retry: { maxAttempts: 5, minDelay: 60_000, maxDelay: 60_000 } },
    );
    const { requestId } = await first.events.track(EVENT);
    await until('it waits', async () => !(await test.current.job(requestId)).data.isUnderWay === true);
    await until(
      'it was answered',
      async () => (await test.current.job(requestId)).data.history?.lastAnswer.status === 503,
    );
    await first.app.close();
    const job = await test.current.job(requestId);
    const { history } = job.data;
    if (!history) throw new Error('The job has no history');
    await job.updateData({ ...job.data, history: { ...history, windowStartedAt: Date.now() - FOUR_HOURS } });
    const calls = test.current.server.calls.length;
    const { failed } = await test.current.start();
    await test.current.queue().promoteJobs();
    await until('it failed', () => failed.length === 1);
    expect(failed).toMatchObject([{ requestId, reason: 'idempotency window over', outcomeUnknown: true }]);
    expect(test.current.server.calls).toHaveLength(calls);
    expect((await test.current.job(requestId)).failedReason).toMatch(/^idempotency window over/);
  });

  it('goes before events that were never sent', async () => {
    test.current.server.next({ status: 503 });
    const { events, delivered } = await test.current.start({ concurrency: 1, quota: { single: 20, interval: 2_000 } });
    const { requestId } = await events.track(EVENT);
    await events.trackMany(eventsOf(12));
    await until('all arrived', () => delivered.length === 13);
    expect(delivered.at(-1)?.requestId).not.toBe(requestId);
  });
});
