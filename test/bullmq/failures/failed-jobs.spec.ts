import { expect, it } from '@jest/globals';
import { EVENT, describeWithRedis, useBullMqTracking } from '../support/bullmq-tracking.js';
import { watchBooks } from '../support/books.js';
import { until } from '../support/until.js';

const BAD = { status: 400, body: '{"response":{"message":"Error: no such thing","status":"error"}}' };

describeWithRedis('an event that is given up', () => {
  const test = useBullMqTracking();

  it('is kept as a failed job with its reason when WebEngage refuses it', async () => {
    test.current.server.next(BAD);
    const { events, failed } = await test.current.start();
    const books = watchBooks(events);
    const { requestId } = await events.track(EVENT);
    await until('it failed', async () => (await test.current.queue().getFailedCount()) === 1);
    const { failedReason, data } = await test.current.job(requestId);
    expect(failedReason).toBe('refused by WebEngage: WebEngage answered 400: Error: no such thing');
    expect(data).toMatchObject({ failureReason: 'refused by WebEngage', history: { attempts: 1 } });
    expect(failed).toMatchObject([{ requestId, reason: 'refused by WebEngage', status: 400, attempts: 1 }]);
    books.expectInOrder();
  });

  it('is kept when all its attempts are exhausted', async () => {
    test.current.server.reply = () => ({ status: 503 });
    const { events, failed } = await test.current.start({}, { retry: { maxAttempts: 3, minDelay: 1, maxDelay: 2 } });
    const { requestId } = await events.track(EVENT);
    await until('it failed', async () => (await test.current.queue().getFailedCount()) === 1);
    expect((await test.current.job(requestId)).failedReason).toMatch(/^attempts exhausted: WebEngage answered 503/);
    expect(failed).toMatchObject([{ requestId, reason: 'attempts exhausted', attempts: 3, outcomeUnknown: true }]);
    expect(test.current.server.calls).toHaveLength(3);
    expect(events.stats()).toMatchObject({ accepted: 1, stored: 3, fetched: 3, failed: 1, pending: 0 });
  });

  it('is told of in the worker, not in the producer', async () => {
    test.current.server.reply = () => BAD;
    const producer = await test.current.start({ role: 'producer' });
    const worker = await test.current.start({ role: 'worker' });
    await producer.events.track(EVENT);
    await until('it failed', () => worker.failed.length === 1);
    expect(producer.failed).toEqual([]);
    expect(producer.events.stats()).toMatchObject({ accepted: 1, stored: 1, failed: 0, pending: 0 });
    expect(worker.events.stats()).toMatchObject({ accepted: 0, fetched: 1, failed: 1, pending: 0 });
  });

  it('starts over with all its attempts when a dashboard retries its job', async () => {
    test.current.server.reply = () => ({ status: 503 });
    const { events, failed, delivered } = await test.current.start({}, { retry: { maxAttempts: 2, minDelay: 1 } });
    const { requestId } = await events.track(EVENT);
    await until('it failed', async () => (await test.current.queue().getFailedCount()) === 1);
    const { windowStartedAt } = failed[0] ?? {};
    await (await test.current.job(requestId)).retry();
    await until('it failed again', () => failed.length === 2);
    expect(failed[1]).toMatchObject({ requestId, attempts: 4, windowStartedAt });
    await until('it is kept again', async () => (await test.current.queue().getFailedCount()) === 1);
    test.current.server.next();
    await (await test.current.job(requestId)).retry();
    await until('it arrived', () => delivered.length === 1);
    const { calls } = test.current.server;
    expect(new Set(calls.map(({ body }) => body)).size).toBe(1);
    expect(new Set(calls.map((call) => call.requestId))).toEqual(new Set([requestId]));
  });

  it('is not sent by a dashboard once its four hours are over', async () => {
    test.current.server.reply = () => ({ status: 503 });
    const { events, failed } = await test.current.start({}, { retry: { maxAttempts: 1 } });
    const { requestId } = await events.track(EVENT);
    await until('it failed', async () => (await test.current.queue().getFailedCount()) === 1);
    const job = await test.current.job(requestId);
    const { history } = job.data;
    if (!history) throw new Error('The job has no history');
    await job.updateData({ ...job.data, history: { ...history, windowStartedAt: 1 } });
    await job.retry();
    await until('it failed again', () => failed.length === 2);
    expect(failed[1]).toMatchObject({ reason: 'idempotency window over' });
    expect(test.current.server.calls).toHaveLength(1);
  });

  it('makes room for later ones beyond the number that is kept', async () => {
    test.current.server.reply = () => BAD;
    const { events, failed } = await test.current.start({ keepFailed: { count: 2 }, concurrency: 1 });
    const receipts = await events.trackMany([EVENT, EVENT, EVENT, EVENT]);
    await until('all failed', () => failed.length === 4);
    await test.current.delivered();
    const kept = (await test.current.queue().getFailed()).map(({ id }) => id);
    expect(new Set(kept)).toEqual(new Set(receipts.slice(2).map(({ requestId }) => requestId)));
  });
});
