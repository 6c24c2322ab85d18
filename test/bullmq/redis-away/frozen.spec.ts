import { expect, it } from '@jest/globals';
import { StoreUnavailableError } from 'nestjs-webengage';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';
import { EVENT, eventsOf } from '../support/bullmq-tracking.js';
import { watchBooks } from '../support/books.js';
import { describeWithOwnRedis, useOwnRedis } from '../support/own-redis.js';
import { until } from '../support/until.js';

const SOON = { enqueueTimeout: 150, shutdownTimeout: 300 };

describeWithOwnRedis('while Redis takes commands and does not answer', () => {
  const own = useOwnRedis();
  expectNoUnobservedErrors();

  async function untilRedisTakes(track: () => Promise<unknown>): Promise<void> {
    await until('Redis takes an event', () =>
      track().then(
        () => true,
        () => false,
      ),
    );
  }

  it('track() rejects in time, and says that the event may be stored', async () => {
    const { events, failed } = await own.test.current.start({ ...SOON, role: 'producer' });
    const books = watchBooks(events);
    await events.track(EVENT);
    own.redis.freeze();
    const error: unknown = await events.track(EVENT).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StoreUnavailableError);
    expect(error).toMatchObject({ mayBeStored: true });
    const [event] = failed;
    expect(event).toMatchObject({ reason: 'not stored', outcomeUnknown: true });
    // From the moment when Redis was asked, which may be a little later than that of its acceptance.
    expect(event?.windowStartedAt).toBeGreaterThanOrEqual(event?.acceptedAt ?? Infinity);
    books.expectInOrder();
  });

  it('what was rejected, and arrives later, is taken out again', async () => {
    const { events, failed } = await own.test.current.start({ ...SOON, role: 'producer' });
    const { requestId } = await events.track(EVENT);
    own.redis.freeze();
    await Promise.allSettled(eventsOf(5).map((event) => events.track(event)));
    expect(failed).toHaveLength(5);
    own.redis.thaw();
    let last = '';
    await untilRedisTakes(async () => (last = (await events.track(EVENT)).requestId));
    await until('the others are taken out', async () => {
      const ids = (await own.test.current.queue().getJobs()).map(({ id }) => id);
      return ids.length === 2 && ids.includes(requestId) && ids.includes(last);
    });
    expect(events.stats().pending).toBe(0);
  });

  it('an event that may be stored is retried under its id, and arrives once', async () => {
    const { events, failed, delivered } = await own.test.current.start(SOON);
    await events.track(EVENT);
    await until('it arrived', () => delivered.length === 1);
    own.redis.freeze();
    await expect(events.track(EVENT)).rejects.toBeInstanceOf(StoreUnavailableError);
    own.redis.thaw();
    const [event] = failed;
    if (!event) throw new Error('failed$ did not tell of it');
    await untilRedisTakes(() => events.retry(event));
    await until('it arrived', () => delivered.length >= 2);
    await own.test.current.delivered();
    const { calls } = own.test.current.server;
    expect(new Set(calls.slice(1).map(({ requestId }) => requestId))).toEqual(new Set([event.requestId]));
    expect(new Set(calls.slice(1).map(({ body }) => body)).size).toBe(1);
  });

  it('events wait in memory, and each arrives once', async () => {
    const options = { ...SOON, whenUnavailable: 'memory' } as const;
    const { events, delivered, failed } = await own.test.current.start(options);
    await events.track(EVENT);
    own.redis.freeze();
    const receipts = await events.trackMany(eventsOf(10));
    expect(new Set(receipts.map(({ state }) => state))).toEqual(new Set(['accepted']));
    own.redis.thaw();
    await until('all arrived', () => delivered.length === 11);
    await own.test.current.delivered();
    expect(failed).toEqual([]);
    expect(own.test.current.server.ingested).toHaveLength(11);
    expect(events.stats()).toMatchObject({ accepted: 11, stored: 11, delivered: 11, pending: 0 });
  });
});
