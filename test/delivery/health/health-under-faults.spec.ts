import { describe, expect, it } from '@jest/globals';
import type { DeliveryHealth, EventsService, FailedEvent } from 'nestjs-webengage';
import fc from 'fast-check';
import { until } from '../../bullmq/support/until.js';
import { BAD_REQUEST, QUEUED, type Reply, useBackgroundTracking } from '../../support/answering-server.js';
import { MODES } from '../../support/deliveries.js';

const EVENT = { userId: 'johndoe', eventName: 'Looked' };
const eventsOf = (count: number) => Array.from({ length: count }, (_, number) => ({ ...EVENT, userId: `${number}` }));

/** All that can be asked of the two at any moment. */
function expectAgreement(events: EventsService): DeliveryHealth {
  const health = events.health();
  const { failed, pending } = events.stats();
  const sum = Object.values(health.failedByReason).reduce((total, count) => total + count, 0);
  expect(sum).toBe(failed);
  expect(health.pending).toBe(pending);
  expect(health.oldestPendingAge === undefined).toBe(pending === 0);
  return health;
}

function countedReasons(failed: readonly FailedEvent[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { reason } of failed) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

describe.each(MODES)('the health of %s delivery', (mode) => {
  const background = useBackgroundTracking();
  const start = (delivery: object = {}, options: object = {}) =>
    background.start(
      { mode: mode as 'background', ...delivery },
      { retry: { maxAttempts: 2, minDelay: 1, maxDelay: 5 }, ...options },
    );

  it('is that of one that has nothing to do, at first', async () => {
    const events = await start();
    expect(events.health()).toEqual({ pending: 0, quotaUse: { single: 0, bulk: 0 }, failedByReason: {} });
  });

  it('knows since when the oldest event has been pending', async () => {
    const answers: ((reply: Reply) => void)[] = [];
    background.server.reply = () => new Promise<Reply>((resolve) => answers.push(resolve));
    const events = await start();
    const trackedAt = Date.now();
    void events.track(EVENT);
    await background.server.received(1);
    await until('time has passed', () => Date.now() > trackedAt + 20);
    const { oldestPendingAge = 0 } = expectAgreement(events);
    expect(oldestPendingAge).toBeGreaterThanOrEqual(20);
    expect(oldestPendingAge).toBeLessThanOrEqual(Date.now() - trackedAt);

    const trackedNextAt = Date.now();
    void events.track(EVENT);
    await background.server.received(2);
    answers[0]?.(QUEUED);
    await until('the first has arrived', () => events.stats().delivered === 1);
    expect(expectAgreement(events).oldestPendingAge).toBeLessThanOrEqual(Date.now() - trackedNextAt);
    answers[1]?.(QUEUED);
    await events.flush();
    expect(expectAgreement(events)).not.toHaveProperty('oldestPendingAge');
  });

  it('knows when WebEngage last took an event', async () => {
    const events = await start();
    background.server.next(BAD_REQUEST);
    await events.track(EVENT).catch(() => undefined);
    await events.flush();
    expect(events.health()).not.toHaveProperty('lastDeliveredAt');
    const before = Date.now();
    await events.track(EVENT);
    await events.flush();
    const { lastDeliveredAt = 0 } = events.health();
    expect(lastDeliveredAt).toBeGreaterThanOrEqual(before);
    expect(lastDeliveredAt).toBeLessThanOrEqual(Date.now());
    background.server.next(BAD_REQUEST);
    await events.track(EVENT).catch(() => undefined);
    await events.flush();
    expect(events.health().lastDeliveredAt).toBe(lastDeliveredAt);
  });

  it('hands out a copy', async () => {
    const events = await start();
    background.server.next(BAD_REQUEST);
    await events.track(EVENT).catch(() => undefined);
    await events.flush();
    const health = events.health();
    Object.assign(health.failedByReason, { 'refused by WebEngage': 100 });
    Object.assign(health.quotaUse, { single: 100 });
    expect(expectAgreement(events)).toMatchObject({
      failedByReason: { 'refused by WebEngage': 1 },
      quotaUse: { single: expect.closeTo(1 / 5_000) },
    });
  });

  it('counts failed events by their reason, whatever WebEngage answers', async () => {
    const events = await start({ concurrency: 4 });
    const failed: FailedEvent[] = [];
    // Whoever hears of a failure finds the books in order.
    events.failed$.subscribe((event) => {
      failed.push(event);
      expectAgreement(events);
    });
    const replies = fc.constantFrom<Reply>(
      QUEUED,
      QUEUED,
      BAD_REQUEST,
      'reset',
      { status: 503 },
      { status: 302 },
      {
        status: 408,
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(replies, { maxLength: 12 }), fc.integer({ min: 1, max: 8 }), async (script, count) => {
        background.server.next(...script);
        for (const event of eventsOf(count)) void events.track(event).catch(() => undefined);
        expectAgreement(events);
        await events.flush();
        const { failedByReason, pausedReason } = expectAgreement(events);
        expect(failedByReason).toEqual(countedReasons(failed));
        expect(pausedReason).toBeUndefined();
      }),
      { numRuns: 25 },
    );
    expect(failed.length).toBeGreaterThan(0);
  });

  it('counts what the shutdown ends', async () => {
    background.server.reply = () => 'hang';
    const events = await start({ shutdownTimeout: 0 });
    for (const event of eventsOf(3)) void events.track(event);
    await background.server.received(1);
    await background.tracking.app.close();
    expect(expectAgreement(events)).toMatchObject({ pending: 0, failedByReason: { 'shut down': 3 } });
  });

  it('is that of one that has nothing to do where nothing is sent', async () => {
    const events = await start({}, { enabled: false });
    await events.trackMany(eventsOf(3));
    expect(events.health()).toEqual({ pending: 0, quotaUse: { single: 0, bulk: 0 }, failedByReason: {} });
  });
});

describe('the health of background delivery', () => {
  const background = useBackgroundTracking();

  it('counts what is dropped from a full buffer', async () => {
    background.server.reply = () => 'hang';
    const events = await background.start({
      maxPending: 3,
      overflow: 'drop-oldest',
      concurrency: 1,
      shutdownTimeout: 0,
    });
    for (const event of eventsOf(10)) void events.track(event);
    expect(expectAgreement(events)).toMatchObject({ pending: 3, failedByReason: { 'dropped from full buffer': 7 } });
  });

  it.each<[string, Reply]>([
    ['host down', 'reset'],
    ['host down', { status: 503 }],
    ['access refused', { status: 401 }],
    ['access refused', { status: 403 }],
    ['access refused', { status: 404 }],
  ])('knows why nothing is sent: %s, for %p', async (reason, reply) => {
    background.server.reply = () => reply;
    const events = await background.start();
    for (const event of eventsOf(6)) void events.track(event);
    await until('delivery is paused', () => events.health().pausedReason !== undefined);
    expect(expectAgreement(events)).toMatchObject({ pausedReason: reason, pending: 6, failedByReason: {} });
    background.server.reply = () => QUEUED;
    await events.flush();
    expect(expectAgreement(events)).not.toHaveProperty('pausedReason');
  });

  it('knows that the reason has changed', async () => {
    background.server.reply = () => ({ status: 401 });
    const events = await background.start();
    for (const event of eventsOf(6)) void events.track(event);
    await until('access is refused', () => events.health().pausedReason === 'access refused');
    background.server.reply = () => 'reset';
    await until('the host is down', () => events.health().pausedReason === 'host down');
    background.server.reply = () => QUEUED;
    await events.flush();
    expect(expectAgreement(events)).not.toHaveProperty('pausedReason');
  });

  it('takes a quota that is used up for no pause', async () => {
    background.server.next({ status: 429, headers: { 'Retry-After': '3000' } });
    const events = await background.start({ shutdownTimeout: 0 });
    void events.track(EVENT);
    await until('the quota is used up', () => events.health().quotaUse.single === 1);
    expect(expectAgreement(events)).toMatchObject({ pending: 1, failedByReason: {} });
    expect(events.health()).not.toHaveProperty('pausedReason');
  });

  it.each([
    ['never', { single: 26 / 2_000, bulk: 0 }],
    ['always', { single: 0, bulk: 2 / 500 }],
  ] as const)(
    'measures the use of the quota that it was given, of either kind of call: bulk %p',
    async (bulk, quotaUse) => {
      const events = await background.start({ quota: { single: 2_000, bulk: 500 }, bulk });
      for (const part of [eventsOf(25), eventsOf(1)]) {
        await events.trackMany(part);
        await events.flush();
      }
      expect(events.health().quotaUse).toEqual(quotaUse);
    },
  );

  it('measures what others use by what WebEngage says', async () => {
    background.server.reply = () => ({
      ...(QUEUED as { status: number; body: string }),
      headers: { 'X-RateLimit-Limit': '1000', 'X-RateLimit-Remaining': '100' },
    });
    const events = await background.start();
    await events.track(EVENT);
    await events.flush();
    expect(events.health().quotaUse).toEqual({ single: 0.9, bulk: 0 });
  });
});
