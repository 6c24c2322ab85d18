import { expect, it } from '@jest/globals';
import { EVENT, describeWithRedis, useBullMqTracking } from '../support/bullmq-tracking.js';
import { until } from '../support/until.js';

const QUICKLY = { lockDuration: 1_000, stalledInterval: 100 };

describeWithRedis('a call whose worker crashed', () => {
  const test = useBullMqTracking();

  /** A worker that took a call, and marked it, ends: what it leaves is an active job whose lock runs out. */
  async function crashWith(requestId: string, sentAt: number, attempts = 1): Promise<string> {
    const { Worker } = await import('bullmq');
    const { queueName, prefix, redisUrl } = test.current;
    const worker = new Worker(queueName, null, { connection: { url: redisUrl }, prefix, lockDuration: 50 });
    const job = await worker.getNextJob('crashed');
    if (job?.id !== requestId) throw new Error('Another job came first');
    const history = {
      attempts,
      earlierAttempts: 0,
      countedAttempts: attempts - 1,
      outcomeUnknown: false,
      windowStartedAt: sentAt,
      lastAnswer: { message: 'The event was not sent' },
    };
    const data = (await test.current.job(requestId)).data;
    await job.updateData({ ...data, history, isUnderWay: true });
    await worker.close();
    return data.events[0]?.json ?? '';
  }

  it('is sent again with the same bytes under the same id, and counts its attempt', async () => {
    const producer = await test.current.start({ role: 'producer' });
    const { requestId } = await producer.events.track(EVENT);
    const json = await crashWith(requestId, Date.now() - 1_000);
    const { delivered } = await test.current.start({ ...QUICKLY, role: 'worker' });
    await until('it arrived', () => delivered.length === 1);
    expect(test.current.server.calls).toMatchObject([{ requestId, body: json }]);
    expect(delivered).toMatchObject([{ requestId, attempts: 2 }]);
  });

  it('is dated by the attempt that nobody saw the end of', async () => {
    const sentAt = Date.now() - 3_600_000;
    const producer = await test.current.start({ role: 'producer' });
    const { requestId } = await producer.events.track(EVENT);
    await crashWith(requestId, sentAt);
    test.current.server.reply = () => ({ status: 400 });
    const { failed } = await test.current.start({ ...QUICKLY, role: 'worker' });
    await until('it failed', () => failed.length === 1);
    expect(failed).toMatchObject([{ attempts: 2, outcomeUnknown: true, windowStartedAt: sentAt, status: 400 }]);
  });

  it('fails when its four hours are over', async () => {
    const producer = await test.current.start({ role: 'producer' });
    const { requestId } = await producer.events.track(EVENT);
    await crashWith(requestId, Date.now() - 4 * 3_600_000);
    const { failed } = await test.current.start({ ...QUICKLY, role: 'worker' });
    await until('it failed', () => failed.length === 1);
    expect(failed).toMatchObject([{ requestId, reason: 'idempotency window over', outcomeUnknown: true }]);
    expect(test.current.server.calls).toEqual([]);
  });

  it('fails when that was its last attempt', async () => {
    const producer = await test.current.start({ role: 'producer' });
    const { requestId } = await producer.events.track(EVENT);
    await crashWith(requestId, Date.now(), 3);
    const { failed } = await test.current.start({ ...QUICKLY, role: 'worker' }, { retry: { maxAttempts: 3 } });
    await until('it failed', () => failed.length === 1);
    expect(failed).toMatchObject([{ requestId, reason: 'attempts exhausted', attempts: 3, outcomeUnknown: true }]);
  });

  it('survives a second crash', async () => {
    const producer = await test.current.start({ role: 'producer' });
    const { requestId } = await producer.events.track(EVENT);
    const json = await crashWith(requestId, Date.now());
    const hanging = await test.current.start({ ...QUICKLY, role: 'worker', shutdownTimeout: 0 });
    test.current.server.reply = () => 'hang';
    await test.current.server.received(1);
    await hanging.app.close();
    test.current.server.next();
    const { delivered } = await test.current.start({ ...QUICKLY, role: 'worker' });
    await until('it arrived', () => delivered.length === 1);
    expect(new Set(test.current.server.calls.map(({ body }) => body))).toEqual(new Set([json]));
    expect(new Set(test.current.server.calls.map((call) => call.requestId))).toEqual(new Set([requestId]));
  });
});
