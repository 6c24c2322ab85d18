import { describe, expect, it } from '@jest/globals';
import { type FailedEvent, ShutDownError } from 'nestjs-webengage';
import { QUEUED, useBackgroundTracking } from '../../support/answering-server.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';

const SECRET = 'a wedding dress';
const event = (eventName = 'Added to Cart') => ({ userId: 'johndoe', eventName, eventData: { Product: SECRET } });
const many = (count: number, eventName?: string) => Array.from({ length: count }, () => event(eventName));

expectNoUnobservedErrors();

describe('the shutdown with background delivery', () => {
  const background = useBackgroundTracking();

  async function start(...given: Parameters<typeof background.start>) {
    const events = await background.start(...given);
    const failed: FailedEvent[] = [];
    events.failed$.subscribe((one) => failed.push(one));
    const close = () => background.tracking.app.close();
    return { events, failed, close, logger: background.tracking.logger };
  }

  it('delivers what is pending at once and in bulk, though the quota would spread it over minutes', async () => {
    const quota = { single: 60, bulk: 500, interval: 60_000 };
    const { events, close, logger } = await start({ quota, bulkAfter: 3_600_000, shutdownTimeout: 4_000 });
    await events.trackMany(many(200));
    await background.server.received(1);
    expect(background.server.calls.filter(({ isBulk }) => isBulk)).toEqual([]);
    await close();
    expect(events.stats()).toMatchObject({ accepted: 200, delivered: 200, failed: 0, pending: 0 });
    expect(background.server.calls.filter(({ isBulk }) => isBulk).length).toBeGreaterThanOrEqual(7);
    expect(logger.at('error')).toEqual([]);
  });

  it('sends again at once what waits for its re-attempt, but not what WebEngage asked to wait', async () => {
    background.server.next({ status: 503, headers: { 'Retry-After': '30' } }, { status: 500 });
    const retry = { minDelay: 60_000, maxDelay: 60_000 };
    const { events, failed, close } = await start({ shutdownTimeout: 300, concurrency: 1 }, { retry });
    await events.track(event('Asked'));
    await background.server.received(1);
    await events.track(event('Eager'));
    await background.server.received(2);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await close();
    expect(background.server.ingested).toMatchObject([{ eventName: 'Eager' }]);
    expect(failed).toMatchObject([
      { event: { eventName: 'Asked' }, reason: 'shut down', status: 503, attempts: 1, outcomeUnknown: true },
    ]);
  });

  it('fails what does not arrive in time, with one line that counts it by name', async () => {
    background.server.reply = () => 'hang';
    const { events, failed, close, logger } = await start({ shutdownTimeout: 100, concurrency: 7 });
    await events.trackMany([...many(2, 'Signed Up'), ...many(8), ...many(1, 'Left')]);
    await background.server.received(7);
    await close();
    expect(failed).toHaveLength(11);
    expect(new Set(failed.map(({ reason }) => reason))).toEqual(new Set(['shut down']));
    const known = failed.map(({ attempts, outcomeUnknown }) => `${attempts} ${outcomeUnknown}`);
    expect(known.filter((one) => one === '1 true')).toHaveLength(7);
    expect(known.filter((one) => one === '0 false')).toHaveLength(4);
    expect(events.stats()).toMatchObject({ accepted: 11, failed: 11, pending: 0 });
    expect(logger.at('error')).toEqual([
      expect.stringContaining(
        'The application shut down before 11 events were delivered: "Added to Cart" (8), "Signed Up" (2), "Left" (1). ' +
          'They were reported on failed$',
      ),
    ]);
    expect(logger.lines.filter(({ text }) => text.includes(SECRET))).toEqual([]);
  });

  it('names no more than ten of the names', async () => {
    background.server.reply = () => 'hang';
    const { events, close, logger } = await start({ shutdownTimeout: 20 });
    await events.trackMany(Array.from({ length: 40 }, (_, number) => event(`Event ${number}`)));
    await close();
    expect(logger.at('error').join()).toMatch(/before 40 events .* and 30 other names/);
  });

  it('breaks off a call that is under way, whose outcome stays unknown', async () => {
    background.server.reply = () => 'hang';
    const { events, failed, close } = await start({ shutdownTimeout: 20 }, { retry: { maxAttempts: 1 } });
    const { requestId } = await events.track(event());
    await background.server.received(1);
    await close();
    expect(failed).toMatchObject([{ requestId, reason: 'shut down', attempts: 1, outcomeUnknown: true }]);
    expect(failed[0]?.message).toContain('broken off by the shutdown');
    expect(failed[0]).not.toHaveProperty('status');
  });

  it('keeps what a bulk call was under way with together', async () => {
    background.server.reply = () => 'hang';
    const { events, failed, close } = await start({ shutdownTimeout: 20, bulk: 'always' });
    await events.trackMany(many(30));
    await background.server.received(2);
    await close();
    expect(failed.map(({ outcomeUnknown, attempts }) => [outcomeUnknown, attempts])).toEqual(Array(30).fill([true, 1]));
    expect(new Set(failed.map(({ bulkRequestId }) => bulkRequestId))).toEqual(
      new Set(background.server.calls.map(({ requestId }) => requestId)),
    );
  });

  it('tells events that waited for access that the shutdown was the reason', async () => {
    background.server.reply = () => ({ status: 401 });
    const { events, failed, close } = await start({ shutdownTimeout: 50, concurrency: 1, bulk: 'never' });
    await events.trackMany(many(30));
    await background.server.received(1);
    await close();
    expect(failed).toHaveLength(30);
    expect(new Set(failed.map(({ reason }) => reason))).toEqual(new Set(['shut down']));
    // One that was asking again may have been broken off.
    expect(failed.filter(({ outcomeUnknown }) => outcomeUnknown).length).toBeLessThanOrEqual(1);
  });

  it.each([401, 503])(
    'during a hold because of %d asks WebEngage once more, and delivers if that is over',
    async (status) => {
      background.server.reply = () => ({ status });
      const retry = { minDelay: 60_000, maxDelay: 60_000 };
      const { events, close, logger } = await start({ shutdownTimeout: 4_000, concurrency: 5 }, { retry });
      await events.trackMany(many(5));
      while (logger.at('error').length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
      await events.trackMany(many(3));
      background.server.reply = () => QUEUED;
      await close();
      expect(events.stats()).toMatchObject({ accepted: 8, delivered: 8, failed: 0, pending: 0 });
      expect(logger.at('error')).toEqual([expect.stringContaining('Events wait until WebEngage')]);
    },
  );

  it('refuses every event from then on', async () => {
    const { events, close } = await start();
    await events.track(event());
    await close();
    await expect(events.track(event())).rejects.toBeInstanceOf(ShutDownError);
    await expect(events.trackMany(many(2))).rejects.toBeInstanceOf(ShutDownError);
    expect(events.stats()).toMatchObject({ accepted: 1, delivered: 1, refused: 3, pending: 0 });
    await events.flush();
  });

  it('refuses what a listener to failed$ tracks when it hears of the shutdown', async () => {
    background.server.reply = () => 'hang';
    const { events, close } = await start({ shutdownTimeout: 20, bulk: 'never' });
    const refusals: unknown[] = [];
    events.failed$.subscribe((failed) => {
      void events.retry(failed).catch((error: unknown) => refusals.push(error));
    });
    await events.trackMany(many(20));
    await close();
    await new Promise((resolve) => setImmediate(resolve));
    expect(refusals).toHaveLength(20);
    expect(refusals.every((error) => error instanceof ShutDownError)).toBe(true);
    expect(events.stats()).toMatchObject({ accepted: 20, failed: 20, refused: 20, pending: 0 });
  });

  it('takes its time only as long as something is pending', async () => {
    const { events, close } = await start({ shutdownTimeout: 60_000 });
    await events.trackMany(many(3));
    await close();
    expect(background.server.ingested).toHaveLength(3);
  });
});
