import { expect, it } from '@jest/globals';
import { BufferFullError } from 'nestjs-webengage';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';
import { EVENT, eventsOf } from '../support/bullmq-tracking.js';
import { watchBooks } from '../support/books.js';
import { describeWithOwnRedis, useOwnRedis } from '../support/own-redis.js';
import { until } from '../support/until.js';

const MEMORY = { whenUnavailable: 'memory', enqueueTimeout: 50, shutdownTimeout: 200 } as const;

describeWithOwnRedis('events that wait in memory for Redis', () => {
  const own = useOwnRedis();
  expectNoUnobservedErrors();

  it('are accepted when their time is up, and delivered once Redis is back', async () => {
    await own.redis.kill();
    const { events, delivered, failed } = await own.test.current.start(MEMORY);
    const books = watchBooks(events);
    const receipts = await events.trackMany(eventsOf(150));
    expect(new Set(receipts.map(({ state }) => state))).toEqual(new Set(['accepted']));
    expect(events.stats()).toMatchObject({ accepted: 150, pending: 150, stored: 0 });
    await own.redis.start();
    await until('all arrived', () => delivered.length === 150);
    const arrived = new Set(delivered.map(({ requestId }) => requestId));
    expect(arrived).toEqual(new Set(receipts.map(({ requestId }) => requestId)));
    expect(failed).toEqual([]);
    expect(events.stats()).toMatchObject({ accepted: 150, stored: 150, delivered: 150, pending: 0 });
    books.expectInOrder();
  });

  it('are durable when Redis is back in time', async () => {
    const { events } = await own.test.current.start({ ...MEMORY, enqueueTimeout: 10_000 });
    await events.track(EVENT);
    await own.redis.kill();
    const receipt = events.track(EVENT);
    await own.redis.start();
    await expect(receipt).resolves.toMatchObject({ state: 'durable' });
  });

  it('are refused beyond the bound of their number, and taken again once there is room', async () => {
    await own.redis.kill();
    const { events } = await own.test.current.start({ ...MEMORY, maxPending: 3 });
    await events.trackMany(eventsOf(3));
    await expect(events.track(EVENT)).rejects.toBeInstanceOf(BufferFullError);
    expect(events.stats()).toMatchObject({ accepted: 3, refused: 1, pending: 3 });
    await own.redis.start();
    await events.flush();
    await expect(events.track(EVENT)).resolves.toMatchObject({ state: 'durable' });
  });

  it('are refused beyond the bound of their bytes', async () => {
    await own.redis.kill();
    const { events } = await own.test.current.start({ ...MEMORY, maxPendingBytes: 900 });
    await events.track(EVENT);
    const large = { ...EVENT, eventData: { Note: 'x'.repeat(900) } };
    await expect(events.track(large)).rejects.toBeInstanceOf(BufferFullError);
    await own.redis.start();
    await events.flush();
  });

  it('are told as failed when the application shuts down before Redis is back', async () => {
    await own.redis.kill();
    const { app, events, failed, logger } = await own.test.current.start(MEMORY);
    const books = watchBooks(events);
    await events.trackMany(eventsOf(3));
    await app.close();
    expect(failed.map(({ reason, outcomeUnknown }) => [reason, outcomeUnknown])).toEqual(
      Array.from({ length: 3 }, () => ['shut down', false]),
    );
    expect(logger.at('error').filter((text) => text.includes('shut down before 3 events'))).toHaveLength(1);
    books.expectInOrder();
  });

  it('make room for others when their time is up and they are rejected', async () => {
    await own.redis.kill();
    const { events } = await own.test.current.start({ ...MEMORY, whenUnavailable: 'reject', maxPending: 2 });
    for (let round = 0; round < 3; round++) {
      const outcomes = await Promise.allSettled(eventsOf(2).map((event) => events.track(event)));
      for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { name: 'StoreUnavailableError' } });
    }
    expect(events.stats()).toMatchObject({ accepted: 6, failed: 6, pending: 0, refused: 0 });
  });
});
