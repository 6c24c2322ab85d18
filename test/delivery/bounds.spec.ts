import { describe, expect, it } from '@jest/globals';
import { BufferFullError, EventValidationError, FlushTimeoutError, ShutDownError } from 'nestjs-webengage';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MODES, STATE_OF_RECEIPT } from '../support/deliveries.js';
import { expectNoUnobservedErrors } from '../support/unobserved-errors.js';
import { useWebEngageBehindProxy } from '../support/webengage-behind-proxy.js';

const EVENT = { userId: 'johndoe', eventName: 'Added to Cart' };

expectNoUnobservedErrors();

describe.each(MODES)('the bounds of %s delivery', (mode) => {
  const webEngage = useWebEngageBehindProxy({}, { delivery: { mode } });

  it('refuses what passes maxPending, and takes events again once there is room', async () => {
    webEngage.proxy.next('hang', 'hang');
    const events = await webEngage.start({
      timeout: 500,
      retry: { maxAttempts: 1 },
      delivery: { mode, maxPending: 2 },
    });
    void events.track(EVENT);
    void events.track(EVENT);
    const refusal = await events.track(EVENT).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(BufferFullError);
    expect(refusal).toMatchObject({ option: 'maxPending', limit: 2, actual: 3 });
    expect(events.stats()).toMatchObject({ accepted: 2, pending: 2, refused: 1 });
    await events.flush();
    await expect(events.track(EVENT)).resolves.toMatchObject({ state: STATE_OF_RECEIPT[mode] });
    await events.flush();
    expect(events.stats()).toMatchObject({ accepted: 3, delivered: 1, failed: 2, pending: 0, refused: 1 });
  });

  it('refuses what passes maxPendingBytes', async () => {
    await webEngage.start({ delivery: { mode, maxPendingBytes: 100 } });
    const event = { ...EVENT, eventData: { Note: 'x'.repeat(100) } };
    await expect(webEngage.tracking.events.track(event)).rejects.toMatchObject({
      option: 'maxPendingBytes',
      limit: 100,
    });
    expect(webEngage.proxy.calls).toEqual([]);
  });

  it('takes room for all events of trackMany or for none', async () => {
    await webEngage.start({ delivery: { mode, maxPending: 2 } });
    await expect(webEngage.tracking.events.trackMany([EVENT, EVENT, EVENT])).rejects.toBeInstanceOf(BufferFullError);
    expect(webEngage.proxy.calls).toEqual([]);
    expect(webEngage.tracking.events.stats()).toMatchObject({ accepted: 0, refused: 3 });
  });

  it('logs a full buffer once', async () => {
    webEngage.proxy.next('hang');
    await webEngage.start({ timeout: 200, delivery: { mode, maxPending: 1 } });
    void webEngage.tracking.events.track(EVENT);
    for (let count = 0; count < 3; count++) await webEngage.tracking.events.track(EVENT).catch(() => undefined);
    expect(webEngage.tracking.logger.at('error').filter((text) => text.includes('maxPending'))).toHaveLength(1);
    await webEngage.tracking.events.flush();
  });

  it('never has more calls under way than concurrency', async () => {
    let underWay = 0;
    let most = 0;
    const server = createServer((request, response) => {
      most = Math.max(most, ++underWay);
      request.resume().once('end', () => {
        setTimeout(() => {
          underWay--;
          response.end('{"response":{"status":"queued"}}');
        }, 10);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await webEngage.start({ host, delivery: { mode, concurrency: 2 } });
    await webEngage.tracking.events.trackMany(Array.from({ length: 12 }, () => EVENT));
    await webEngage.tracking.events.flush();
    expect(most).toBe(2);
    server.closeAllConnections();
    server.close();
  });

  it('flush() resolves when nothing is pending, and rejects with the count when its time is up', async () => {
    webEngage.proxy.next('hang');
    await webEngage.start({ timeout: 500 });
    const { events } = webEngage.tracking;
    await events.flush();
    void events.track(EVENT);
    const rejection = await events.flush({ timeout: 20 }).catch((error: unknown) => error);
    expect(rejection).toBeInstanceOf(FlushTimeoutError);
    expect(rejection).toMatchObject({ pending: 1, timeout: 20 });
    await events.flush();
    expect(events.stats()).toMatchObject({ pending: 0, delivered: 1 });
  });

  it('a shutdown waits for what is pending', async () => {
    webEngage.proxy.next({ status: 500 });
    await webEngage.start();
    const tracked = webEngage.tracking.events.track(EVENT);
    await webEngage.tracking.app.close();
    await expect(tracked).resolves.toMatchObject({ state: STATE_OF_RECEIPT[mode] });
    expect(webEngage.sandbox.events()).toHaveLength(1);
    expect(webEngage.tracking.events.stats()).toMatchObject({ accepted: 1, delivered: 1, pending: 0 });
    await expect(webEngage.tracking.events.track(EVENT)).rejects.toBeInstanceOf(ShutDownError);
  });

  it('a shutdown fails what does not arrive in time, whether it is under way, waits for its turn or for a retry', async () => {
    webEngage.proxy.next('hang', { status: 503, headers: { 'Retry-After': '50' } }, 'hang');
    await webEngage.start({ delivery: { mode, concurrency: 2, shutdownTimeout: 300 } });
    const { events, app } = webEngage.tracking;
    const reasons: string[] = [];
    events.failed$.subscribe(({ reason, outcomeUnknown }) => reasons.push(`${reason} ${outcomeUnknown}`));
    for (let count = 0; count < 4; count++) void events.track(EVENT);
    while (webEngage.proxy.calls.length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    await app.close();
    expect(reasons.sort()).toEqual(['shut down false', 'shut down true', 'shut down true', 'shut down true']);
    expect(events.stats()).toMatchObject({ accepted: 4, failed: 4, pending: 0 });
  });

  it('a rejection that nobody awaits does not reach the process', async () => {
    webEngage.proxy.next({ status: 400 }, { status: 400 }, 'hang');
    await webEngage.start({ timeout: 100, retry: { maxAttempts: 1 } });
    const { events } = webEngage.tracking;
    void events.track({ ...EVENT, eventName: '' });
    void events.track(EVENT);
    void events.trackMany([EVENT]);
    void events.trackMany([{ ...EVENT, eventName: '' }]);
    void events.retry({ outcomeUnknown: true } as never);
    void events.track(EVENT);
    void events.flush({ timeout: 1 });
    await events.flush();
    expect(events.stats()).toMatchObject({ accepted: 3, failed: 3, refused: 2 });
  });

  it('a refusal is rejected by default, and logged once a kind for those who never await it', async () => {
    await webEngage.start();
    for (let count = 0; count < 3; count++) {
      await expect(webEngage.tracking.events.track({ ...EVENT, eventName: '' })).rejects.toBeInstanceOf(
        EventValidationError,
      );
    }
    expect(webEngage.tracking.logger.at('warn').filter((text) => text.startsWith('Refused'))).toHaveLength(1);
  });

  it("with onRefused: 'report' a refusal is logged each time and resolves", async () => {
    await webEngage.start({ onRefused: 'report', delivery: { mode, maxPending: 1 } });
    const { events, logger } = webEngage.tracking;
    const bad = { ...EVENT, eventName: 'we_x' };
    const receipt = await events.track(bad);
    expect(receipt).toEqual({ requestId: expect.stringMatching(/^[0-9a-f]{32}$/), state: 'refused' });
    await events.track(bad);
    expect(logger.at('warn').filter((text) => text.includes('we_'))).toHaveLength(2);
    await expect(events.trackMany([EVENT, bad])).resolves.toMatchObject([{ state: 'refused' }, { state: 'refused' }]);
    await expect(events.trackMany([EVENT, EVENT])).resolves.toMatchObject([{ state: 'refused' }, { state: 'refused' }]);
    await expect(events.trackMany('events' as never)).resolves.toMatchObject([{ state: 'refused' }]);
    await expect(events.retry(undefined as never)).resolves.toMatchObject({ state: 'refused' });
    expect(events.stats()).toMatchObject({ accepted: 0, refused: 8 });
    expect(webEngage.proxy.calls).toEqual([]);
  });
});
