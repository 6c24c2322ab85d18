import { expect, it } from '@jest/globals';
import type { EventsService } from 'nestjs-webengage';
import { describeWithRedis, EVENT, eventsOf, useBullMqTracking } from '../../bullmq/support/bullmq-tracking.js';
import { describeWithOwnRedis, useOwnRedis } from '../../bullmq/support/own-redis.js';
import { pause, until } from '../../bullmq/support/until.js';
import { BAD_REQUEST, QUEUED } from '../../support/answering-server.js';

function expectAgreement(events: EventsService): void {
  const { pending, oldestPendingAge, failedByReason } = events.health();
  const stats = events.stats();
  expect(Object.values(failedByReason).reduce((sum, count) => sum + count, 0)).toBe(stats.failed);
  expect(pending).toBe(stats.pending);
  expect(oldestPendingAge === undefined).toBe(pending === 0);
}

describeWithRedis('the health of durable delivery', () => {
  const test = useBullMqTracking();

  it('does not know what waits in Redis', async () => {
    const { events } = await test.current.start({ role: 'producer' });
    await events.trackMany(eventsOf(5));
    expect(events.health()).toEqual({ pending: 0, quotaUse: { single: 0, bulk: 0 }, failedByReason: {} });
  });

  it('knows in the process that delivers for how long an event has waited, wherever it was tracked', async () => {
    test.current.server.reply = () => 'hang';
    const producer = await test.current.start({ role: 'producer' });
    const trackedAt = Date.now();
    await producer.events.track(EVENT);
    await pause(20);
    const { events } = await test.current.start(
      { role: 'worker' },
      { timeout: 300, retry: { minDelay: 60_000, maxDelay: 60_000 } },
    );
    await test.current.server.received(1);
    const { pending, oldestPendingAge = 0 } = events.health();
    expect(pending).toBe(1);
    expect(oldestPendingAge).toBeGreaterThanOrEqual(20);
    expect(oldestPendingAge).toBeLessThanOrEqual(Date.now() - trackedAt);
    expect(producer.events.health()).not.toHaveProperty('oldestPendingAge');
    // After its attempt it waits in Redis for the next one.
    await until('it is put back', () => events.stats().stored === 1);
    expect(events.health()).toMatchObject({ pending: 0, failedByReason: {} });
    expectAgreement(events);
  });

  it('counts calls, deliveries and failures where they are made', async () => {
    test.current.server.reply = ({ events: [event] }) => (event?.eventData?.number === 0 ? BAD_REQUEST : QUEUED);
    const { events, delivered, failed } = await test.current.start({ role: 'both' });
    await events.trackMany(eventsOf(4));
    await until('all have their outcome', () => delivered.length + failed.length === 4);
    expectAgreement(events);
    const { failedByReason, quotaUse, lastDeliveredAt } = events.health();
    expect(failedByReason).toEqual({ 'refused by WebEngage': 1 });
    expect(quotaUse.single).toBeGreaterThan(0);
    expect(lastDeliveredAt).toBeLessThanOrEqual(Date.now());
  });

  it('knows in the process that found it why nothing is sent', async () => {
    test.current.server.reply = () => ({ status: 401 });
    const { events, delivered } = await test.current.start();
    await events.track(EVENT);
    await until('delivery is paused', () => events.health().pausedReason === 'access refused');
    test.current.server.reply = () => QUEUED;
    await until('it arrived', () => delivered.length === 1);
    await until('delivery goes on', () => events.health().pausedReason === undefined);
    expectAgreement(events);
  });
});

describeWithOwnRedis('the health of durable delivery without Redis', () => {
  const own = useOwnRedis();

  it('counts what was not stored', async () => {
    await own.redis.kill();
    const { events } = await own.test.current.start({ enqueueTimeout: 150, shutdownTimeout: 100 });
    const receipt = events.track(EVENT);
    expect(events.health().pending).toBe(1);
    expectAgreement(events);
    await expect(receipt).rejects.toThrow();
    expect(events.health()).toMatchObject({ pending: 0, failedByReason: { 'not stored': 1 } });
    expectAgreement(events);
  });
});
