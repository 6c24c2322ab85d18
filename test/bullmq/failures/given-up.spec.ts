import { expect, it } from '@jest/globals';
import { Worker } from 'bullmq';
import { FailedEvents } from 'nestjs-webengage';
import { EVENT, type BullMqApplication, describeWithRedis, useBullMqTracking } from '../support/bullmq-tracking.js';
import { until } from '../support/until.js';

const QUICKLY = { lockDuration: 1_000, stalledInterval: 100 };

const GIVEN_UP = {
  failureReason: 'refused by WebEngage',
  failedAfterStalls: 0,
  history: {
    attempts: 2,
    earlierAttempts: 0,
    countedAttempts: 2,
    outcomeUnknown: false,
    windowStartedAt: Date.now(),
    lastAnswer: { status: 400, message: 'WebEngage answered 400: Error: bad' },
  },
} as const;

describeWithRedis('a call that was given up before its worker crashed', () => {
  const test = useBullMqTracking();

  async function store(): Promise<string> {
    const { events, app } = await test.current.start({ role: 'producer' });
    const { requestId } = await events.track(EVENT);
    await app.close();
    return requestId;
  }

  /** It is stored why it was given up, and the worker ends: BullMQ finds an active job whose lock runs out. */
  async function crash(requestId: string): Promise<void> {
    const { queueName, prefix, redisUrl } = test.current;
    const worker = new Worker(queueName, null, { connection: { url: redisUrl }, prefix, lockDuration: 50 });
    const job = await worker.getNextJob('crashed');
    if (job?.id !== requestId) throw new Error('Another job came first');
    await job.updateData({ ...(job.data as object), ...GIVEN_UP });
    await worker.close();
  }

  /** The same, told to Redis: the job waits again, and BullMQ has counted a crash. */
  async function tellOfCrash(requestId: string): Promise<void> {
    const job = await test.current.job(requestId);
    const data = JSON.stringify({ ...job.data, ...GIVEN_UP });
    await test.current.redis.hset(test.current.queue().toKey(requestId), { data, stc: '1' });
  }

  async function expectFailed(requestId: string, { failed, events }: BullMqApplication): Promise<void> {
    await until('it is kept', async () => (await test.current.queue().getFailedCount()) === 1);
    const { lastAnswer } = GIVEN_UP.history;
    expect(failed).toMatchObject([{ requestId, reason: 'refused by WebEngage', attempts: 2, ...lastAnswer }]);
    expect((await test.current.job(requestId)).failedReason).toBe(`refused by WebEngage: ${lastAnswer.message}`);
    expect(events.stats()).toMatchObject({ fetched: 1, failed: 1, pending: 0 });
    expect(test.current.server.calls).toEqual([]);
  }

  it('fails for the same reason, without another call', async () => {
    const requestId = await store();
    await crash(requestId);
    const worker = await test.current.start({ ...QUICKLY, role: 'worker' });
    await expectFailed(requestId, worker);
    await expect(worker.app.get(FailedEvents).list()).resolves.toMatchObject([{ id: requestId }]);
  });

  it.each<[string, (requestId: string, worker: BullMqApplication) => Promise<unknown>]>([
    ['FailedEvents', (requestId, { app }) => app.get(FailedEvents).retry(requestId)],
    ['a dashboard', async (requestId) => (await test.current.job(requestId)).retry()],
    [
      'a dashboard that forgets all attempts',
      async (requestId) => {
        const job = await test.current.job(requestId);
        await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
      },
    ],
  ])('starts over with all its attempts when %s retries it', async (_who, retry) => {
    const requestId = await store();
    await tellOfCrash(requestId);
    const worker = await test.current.start(
      { role: 'worker' },
      { retry: { maxAttempts: 2, minDelay: 1, maxDelay: 2 } },
    );
    await expectFailed(requestId, worker);
    test.current.server.next({ status: 503 });
    await retry(requestId, worker);
    await until('it arrived', () => worker.delivered.length === 1);
    expect(worker.delivered).toMatchObject([{ requestId, attempts: 4 }]);
    expect(test.current.server.calls.map((call) => call.requestId)).toEqual([requestId, requestId]);
  });
});
