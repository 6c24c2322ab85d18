import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { WebEngageModuleOptions } from 'nestjs-webengage';
import { until } from '../bullmq/support/until.js';
import { AnsweringServer } from '../support/answering-server.js';
import { MODES, STATE_OF_RECEIPT } from '../support/deliveries.js';
import { FaultyProxy } from '../support/faulty-proxy.js';
import { platforms } from '../support/http-apps.js';
import { type HealthApp, startHealthApp } from './support/health-app.js';

const EVENT = { userId: 'johndoe', eventName: 'Added to Cart' };
const UNAUTHORIZED = { status: 401, body: '{"response":{"message":"Unauthorized","status":"error"}}' };
const OVER_QUOTA = { status: 429, headers: { 'Retry-After': '3000' } };
const NOTHING_USED = { single: 0, bulk: 0 };
const IDLE = { pending: 0, quotaUse: NOTHING_USED, failedByReason: {} };

describe.each(platforms)('the health endpoint on %s', (platform) => {
  let server: AnsweringServer;
  let health: HealthApp;

  beforeEach(async () => {
    server = await AnsweringServer.start();
  });

  afterEach(async () => {
    await health.close();
    await server.close();
  });

  async function start(mode: 'background' | 'direct', options: Partial<WebEngageModuleOptions> = {}): Promise<void> {
    const delivery = { mode, shutdownTimeout: 0 };
    health = await startHealthApp(platform, { host: server.url, delivery, ...options });
  }

  describe.each(MODES)('with %s delivery', (mode) => {
    it('is up while nothing is to be done', async () => {
      await start(mode);
      expect(await health.check()).toEqual({ status: 200, overall: 'ok', webengage: { status: 'up', ...IDLE } });
    });

    it('says when WebEngage last took an event', async () => {
      await start(mode);
      const before = Date.now();
      expect(await health.events.track(EVENT)).toMatchObject({ state: STATE_OF_RECEIPT[mode] });
      await health.events.flush();
      const { status, webengage } = await health.check();
      expect(status).toBe(200);
      expect(webengage).toMatchObject({ status: 'up', pending: 0, failedByReason: {} });
      expect(webengage.lastDeliveredAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(Date.parse(webengage.lastDeliveredAt ?? '')).toBeGreaterThanOrEqual(before);
      expect(webengage.quotaUse.single).toBeCloseTo(1 / 5_000);
    });

    it('is up while events wait, until there are too many, or too old', async () => {
      server.reply = () => 'hang';
      await start(mode);
      void health.events.track(EVENT);
      void health.events.track(EVENT);
      await server.received(2);
      const up = await health.check({ maxPending: 2 });
      expect(up).toMatchObject({ status: 200, webengage: { status: 'up', pending: 2 } });
      expect(up.webengage.oldestPendingAge).toBeGreaterThan(0);
      expect(up.webengage).not.toHaveProperty('reasons');
      expect(await health.check({ maxPending: 1 })).toMatchObject({
        status: 503,
        overall: 'error',
        webengage: { status: 'down', reasons: ['2 events are pending, which is more than maxPending: 1'] },
      });
      const { status, webengage } = await health.check({ maxPending: 0, maxPendingAge: 0, maxSinceDelivered: 0 });
      expect(status).toBe(503);
      expect(webengage.reasons).toEqual([
        '2 events are pending, which is more than maxPending: 0',
        expect.stringMatching(/^the oldest event has been pending for \d+ ms, which is more than maxPendingAge: 0$/),
        expect.stringMatching(/^nothing was delivered for \d+ ms .* which is more than maxSinceDelivered: 0$/),
      ]);
    });

    it('shows a quota that is used up, and is down for it where that is asked for', async () => {
      server.reply = () => OVER_QUOTA;
      await start(mode);
      void health.events.track(EVENT);
      await until('the quota is used up', () => health.events.health().quotaUse.single === 1);
      const used = { quotaUse: { single: 1, bulk: 0 } };
      expect(await health.check()).toMatchObject({ status: 200, webengage: { status: 'up', ...used } });
      const reasons = ['1 of the quota of calls with one event is used up, which is more than maxQuotaUse: 0.9'];
      expect(await health.check({ maxQuotaUse: 0.9 })).toMatchObject({
        status: 503,
        webengage: { status: 'down', reasons, ...used },
      });
    });

    it('is up where nothing is sent', async () => {
      await start(mode, { enabled: false });
      expect(await health.events.track(EVENT)).toMatchObject({ state: 'disabled' });
      const limits = { maxPending: 0, maxPendingAge: 0, maxSinceDelivered: 0, maxQuotaUse: 0 };
      expect(await health.check(limits)).toEqual({
        status: 200,
        overall: 'ok',
        webengage: { status: 'up', ...IDLE },
      });
    });
  });

  it('is down while the host refuses connections, and up again when it is back', async () => {
    const host = await FaultyProxy.start(server.url);
    await host.close();
    try {
      await start('background', { host: host.url });
      for (let events = 0; events < 5; events++) void health.events.track(EVENT);
      await until('delivery is paused', () => health.events.health().pausedReason !== undefined);
      expect(await health.check()).toMatchObject({
        status: 503,
        overall: 'error',
        webengage: {
          status: 'down',
          pending: 5,
          pausedReason: 'host down',
          reasons: ['delivery is paused: host down'],
          failedByReason: {},
        },
      });
      expect(await health.check({ whenPaused: 'up' })).toMatchObject({
        status: 200,
        webengage: { status: 'up', pausedReason: 'host down' },
      });
      await host.open();
      await health.events.flush();
      const { status, webengage } = await health.check();
      expect(status).toBe(200);
      expect(webengage).toMatchObject({ status: 'up', pending: 0 });
      expect(webengage).not.toHaveProperty('pausedReason');
      expect(webengage.lastDeliveredAt).toBeDefined();
    } finally {
      await host.close();
    }
  });

  it('is down while access is refused, and up again when WebEngage lets the account in', async () => {
    server.reply = () => UNAUTHORIZED;
    await start('background');
    void health.events.track(EVENT);
    await until('delivery is paused', () => health.events.health().pausedReason !== undefined);
    const { status, webengage } = await health.check();
    expect(status).toBe(503);
    expect(webengage).toMatchObject({
      status: 'down',
      pending: 1,
      pausedReason: 'access refused',
      reasons: ['delivery is paused: access refused'],
    });
    server.next();
    await health.events.flush();
    expect(await health.check()).toMatchObject({ status: 200, webengage: { status: 'up', pending: 0 } });
  });

  it('is up while direct delivery fails: track() has told its callers, and nothing waits', async () => {
    const host = await FaultyProxy.start(server.url);
    await host.close();
    await start('direct', { host: host.url });
    await expect(health.events.track(EVENT)).rejects.toThrow();
    await expect(health.events.track(EVENT)).rejects.toThrow();
    const failedByReason = { 'attempts exhausted': 2 };
    expect(await health.check()).toMatchObject({
      status: 200,
      webengage: { status: 'up', pending: 0, failedByReason },
    });
  });

  it('counts what direct delivery was refused', async () => {
    server.reply = () => UNAUTHORIZED;
    await start('direct');
    await expect(health.events.track(EVENT)).rejects.toThrow();
    const { webengage } = await health.check();
    expect(webengage).toMatchObject({ status: 'up', failedByReason: { 'refused by WebEngage': 1 } });
  });

  it('answers wrong options with 500, and says in the log what is wrong', async () => {
    await start('background');
    expect(await health.check({ maxQuotaUse: 80 })).toMatchObject({ status: 500 });
    expect(health.logger.at('error').join('\n')).toMatch(/maxQuotaUse: must be a number from 0 to 1, but is 80/);
  });
});
