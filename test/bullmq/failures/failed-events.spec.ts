import { expect, it } from '@jest/globals';
import { FailedEvents, RetryRefusedError } from 'nestjs-webengage';
import { BAD_REQUEST } from '../../support/answering-server.js';
import { EVENT, describeWithRedis, eventsOf, useBullMqTracking } from '../support/bullmq-tracking.js';
import { until } from '../support/until.js';

const UNKNOWN = '0'.repeat(32);
const ONCE = { retry: { maxAttempts: 1 } };

describeWithRedis('FailedEvents', () => {
  const test = useBullMqTracking();

  /** Starts an application whose events all fail, the given number of calls of them. */
  async function fail(count: number, status = 400) {
    test.current.server.reply = () => ({ status });
    const application = await test.current.start({ concurrency: 1 }, ONCE);
    const receipts = await application.events.trackMany(eventsOf(count));
    await until('all are kept', async () => (await test.current.queue().getFailedCount()) === count);
    const ids = receipts.map(({ requestId }) => requestId);
    return { ...application, failedEvents: application.app.get(FailedEvents), ids };
  }

  it('lists what failed, the latest first, as failed$ told it', async () => {
    const { failedEvents, ids, failed } = await fail(3);
    const listed = await failedEvents.list();
    expect(new Set(listed.map(({ id }) => id))).toEqual(new Set(ids));
    const times = listed.map(({ failedAt }) => failedAt);
    expect(times).toEqual([...times].sort((one, other) => other - one));
    const byId = (one: { requestId: string }, other: { requestId: string }) =>
      one.requestId.localeCompare(other.requestId);
    expect(listed.flatMap(({ events }) => events).sort(byId)).toEqual([...failed].sort(byId));
  });

  it('lists page by page, each once', async () => {
    const { failedEvents, ids } = await fail(7);
    const pages = [];
    for (let offset = 0; offset < 9; offset += 3) pages.push(await failedEvents.list({ offset, limit: 3 }));
    expect(pages.map(({ length }) => length)).toEqual([3, 3, 1]);
    expect(new Set(pages.flat().map(({ id }) => id))).toEqual(new Set(ids));
  });

  it('lists single and bulk calls together', async () => {
    const { failedEvents, events, app } = await fail(2);
    await app.close();
    const bulk = await test.current.start({ bulk: 'always' }, ONCE);
    test.current.server.reply = () => ({ status: 503 });
    await bulk.events.trackMany(eventsOf(4));
    await until('they failed', async () => (await test.current.queue('bulk').getFailedCount()) === 1);
    const listed = await bulk.app.get(FailedEvents).list();
    expect(listed.map(({ events: { length } }) => length)).toEqual([4, 1, 1]);
    expect(listed[0]?.events.map(({ bulkRequestId }) => bulkRequestId)).toEqual(Array(4).fill(listed[0]?.id));
    await expect(bulk.app.get(FailedEvents).list({ offset: 1, limit: 1 })).resolves.toEqual(listed.slice(1, 2));
    expect(events.stats().pending).toBe(0);
    expect(failedEvents).toBeInstanceOf(FailedEvents);
  });

  it('fills its pages although jobs of others failed in the queue', async () => {
    const { failedEvents } = await fail(2);
    await test.current.queue().addBulk(Array.from({ length: 3 }, () => ({ name: 'foreign', data: {} as never })));
    await until('they failed', async () => (await test.current.queue().getFailedCount()) === 5);
    await expect(failedEvents.list({ limit: 2 })).resolves.toHaveLength(2);
  });

  it('sends a call again, with the same bytes under the same id', async () => {
    const { failedEvents, ids, delivered } = await fail(1, 503);
    test.current.server.next();
    await expect(failedEvents.retry(ids[0] ?? '')).resolves.toBe(true);
    await until('it arrived', () => delivered.length === 1);
    const [first, second] = test.current.server.calls;
    expect(second).toEqual(first);
    await test.current.delivered();
    await expect(failedEvents.list()).resolves.toEqual([]);
    await expect(failedEvents.retry(ids[0] ?? '')).resolves.toBe(false);
  });

  it('sends a bulk call again', async () => {
    test.current.server.reply = () => ({ status: 503 });
    const { app, events, delivered } = await test.current.start({ bulk: 'always' }, ONCE);
    await events.trackMany(eventsOf(3));
    await until('it is kept', async () => (await test.current.queue('bulk').getFailedCount()) === 1);
    test.current.server.next();
    const [call] = await app.get(FailedEvents).list();
    await expect(app.get(FailedEvents).retry(call?.id ?? '')).resolves.toBe(true);
    await until('it arrived', () => delivered.length === 3);
  });

  it('removes a call for good', async () => {
    const { failedEvents, ids } = await fail(2);
    const [id = '', other] = ids;
    await expect(failedEvents.discard(id)).resolves.toBe(true);
    await expect(failedEvents.discard(id)).resolves.toBe(false);
    expect((await failedEvents.list()).map((call) => call.id)).toEqual([other]);
    await expect(test.current.queue().getJob(id)).resolves.toBeUndefined();
  });

  it('knows nothing of other ids, nor of calls that did not fail', async () => {
    const { app, events } = await test.current.start({ role: 'producer' });
    const { requestId } = await events.track(EVENT);
    const failedEvents = app.get(FailedEvents);
    for (const id of [UNKNOWN, '', 'no id at all', requestId]) {
      await expect(failedEvents.retry(id)).resolves.toBe(false);
      await expect(failedEvents.discard(id)).resolves.toBe(false);
    }
    await expect(test.current.queue().getJob(requestId)).resolves.toBeDefined();
  });

  it('refuses to send again what may have been ingested more than four hours ago', async () => {
    const { failedEvents, ids } = await fail(1, 503);
    const job = await test.current.job(ids[0] ?? '');
    const { history } = job.data;
    if (!history) throw new Error('The job has no history');
    await job.updateData({ ...job.data, history: { ...history, windowStartedAt: 1 } });
    await expect(failedEvents.retry(ids[0] ?? '')).rejects.toBeInstanceOf(RetryRefusedError);
    await expect(failedEvents.list()).resolves.toHaveLength(1);
  });

  it('is there in a producer too', async () => {
    test.current.server.reply = () => BAD_REQUEST;
    const producer = await test.current.start({ role: 'producer' });
    const worker = await test.current.start({ role: 'worker' });
    const { requestId } = await producer.events.track(EVENT);
    await until('it is kept', async () => (await test.current.queue().getFailedCount()) === 1);
    const listed = await producer.app.get(FailedEvents).list();
    expect(listed).toMatchObject([{ id: requestId, events: [{ event: EVENT, reason: 'refused by WebEngage' }] }]);
    expect(worker.failed).toHaveLength(1);
  });
});
