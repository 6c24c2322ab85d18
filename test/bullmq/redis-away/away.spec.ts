import { expect, it } from '@jest/globals';
import { DeliveryError, StoreUnavailableError } from 'nestjs-webengage';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';
import { EVENT, eventsOf } from '../support/bullmq-tracking.js';
import { describeWithOwnRedis, useOwnRedis } from '../support/own-redis.js';
import { until } from '../support/until.js';
import { watchBooks } from '../support/books.js';

const SOON = { enqueueTimeout: 150, shutdownTimeout: 100 };

describeWithOwnRedis('while Redis is away', () => {
  const own = useOwnRedis();
  expectNoUnobservedErrors();

  it('the application boots, and delivers once Redis is there', async () => {
    await own.redis.kill();
    const { events, delivered } = await own.test.current.start({ enqueueTimeout: 10_000 });
    const receipt = events.track(EVENT);
    await own.redis.start();
    await expect(receipt).resolves.toMatchObject({ state: 'durable' });
    await until('it arrived', () => delivered.length === 1);
  });

  it('track() rejects when its time is up, and the event is told as failed', async () => {
    await own.redis.kill();
    const { events, failed } = await own.test.current.start(SOON);
    const books = watchBooks(events);
    const error: unknown = await events.track(EVENT).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StoreUnavailableError);
    expect(failed).toMatchObject([{ reason: 'not stored', attempts: 0, outcomeUnknown: false, event: EVENT }]);
    expect(error).toMatchObject({ requestId: failed[0]?.requestId, mayBeStored: false });
    expect(events.stats()).toMatchObject({ accepted: 1, failed: 1, stored: 0, pending: 0 });
    books.expectInOrder();
  });

  it('trackMany() rejects with what became of each', async () => {
    await own.redis.kill();
    const { events, failed } = await own.test.current.start(SOON);
    const error: unknown = await events.trackMany(eventsOf(3)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DeliveryError);
    const { failures, total } = error as DeliveryError;
    expect(total).toBe(3);
    expect(failures.map(({ error: { requestId } }) => requestId)).toEqual(failed.map(({ requestId }) => requestId));
  });

  it('in bulk, the rejection of each event names its own id', async () => {
    await own.redis.kill();
    const { events, failed } = await own.test.current.start({ ...SOON, bulk: 'always' });
    const outcomes = await Promise.allSettled(eventsOf(3).map((event) => events.track(event)));
    const ids = outcomes.map((outcome) => outcome.status === 'rejected' && (outcome.reason as StoreUnavailableError));
    expect(failed).toHaveLength(3);
    expect(ids.map((error) => error && error.requestId)).toEqual(failed.map(({ requestId }) => requestId));
  });

  it('an event that was not stored can be tracked again later', async () => {
    await own.redis.kill();
    const { events, failed, delivered } = await own.test.current.start(SOON);
    await expect(events.track(EVENT)).rejects.toBeInstanceOf(StoreUnavailableError);
    await own.redis.start();
    // One that may have been stored after all is told last, with the id under which WebEngage recognises it.
    const retryLast = async (): Promise<boolean> => {
      const last = failed.at(-1);
      if (!last) throw new Error('failed$ did not tell of it');
      return (await events.retry(last).catch(() => undefined))?.state === 'durable';
    };
    await until('Redis takes it', retryLast);
    await until('it arrived', () => delivered.length > 0);
    await own.test.current.delivered();
    expect(new Set(own.test.current.server.calls.map(({ requestId }) => requestId)).size).toBe(1);
  });

  it('one line says so, and one that it is back', async () => {
    const { events, logger, delivered } = await own.test.current.start({ enqueueTimeout: 10_000 });
    await events.track(EVENT);
    await until('it arrived', () => delivered.length === 1);
    await own.redis.kill();
    const receipts = events.trackMany(eventsOf(5));
    await until('it says so', () => logger.at('error').length > 0);
    await own.redis.start();
    await receipts;
    await until('they arrived', () => delivered.length === 6);
    expect(logger.at('error').filter((text) => text.includes('Redis'))).toHaveLength(1);
    expect(logger.at('log').filter((text) => text.includes('Redis answers again'))).toHaveLength(1);
  });

  it('no event with a durable receipt is lost when Redis is killed', async () => {
    const producer = await own.test.current.start({ role: 'producer' });
    const receipts = await producer.events.trackMany(eventsOf(50));
    await own.redis.kill();
    await own.redis.start();
    const worker = await own.test.current.start({ role: 'worker' });
    await until('all arrived', () => worker.delivered.length === 50);
    const arrived = new Set(worker.delivered.map(({ requestId }) => requestId));
    expect(arrived).toEqual(new Set(receipts.map(({ requestId }) => requestId)));
  });
});
