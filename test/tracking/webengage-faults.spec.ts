import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TrackEvent, type WebEngageModuleOptions } from 'nestjs-webengage';
import { WebEngageSandbox } from 'nestjs-webengage/sandbox';
import { MODES } from '../support/deliveries.js';
import { type Fault, FaultyProxy } from '../support/faulty-proxy.js';
import { counts, platforms, startTrackedApp, type TrackedApp } from '../support/http-apps.js';
import { expectNoUnobservedErrors } from '../support/unobserved-errors.js';
import { routesController } from './routes.controller.js';

const answer = () => ({ sku: 'cologne' });
const controllers = [
  routesController('plain', { buy: [] }, answer),
  routesController('decorated', { buy: [TrackEvent('Bought', { userId: 'johndoe' })] }, answer),
];
const retry = { maxAttempts: 2, minDelay: 1, maxDelay: 1 };
const settings = platforms.flatMap((platform) => MODES.map((mode) => [platform, mode] as const));

let sandbox: WebEngageSandbox;
let proxy: FaultyProxy;
let app: TrackedApp;

beforeEach(async () => {
  sandbox = await WebEngageSandbox.start();
  proxy = await FaultyProxy.start(sandbox.url);
});

afterEach(async () => {
  await app.close();
  await proxy.close();
  await sandbox.close();
});

expectNoUnobservedErrors();

describe.each(settings)('the response of a decorated handler on %s, with %s delivery', (platform, mode) => {
  const start = async (options: Partial<WebEngageModuleOptions> = {}) => {
    app = await startTrackedApp(platform, { controllers }, { host: proxy.url, retry, delivery: { mode }, ...options });
  };

  it.each<[string, Fault]>([
    ['answers 400', { status: 400 }],
    ['answers 500', { status: 500 }],
    ['answers 503', { status: 503 }],
    ['resets the connection', 'reset'],
    ['takes the event and does not say so', 'ingest then reset'],
  ])('does not depend on a WebEngage that %s', async (_what, fault) => {
    proxy.next(fault, fault);
    await start();
    const expected = await app.get('plain/buy');
    const outcome = await app.outcomeOf(() => app.get('decorated/buy'));

    expect(expected.status).toBe(200);
    expect(outcome.value).toEqual(expected);
    expect(outcome.counts).toEqual(counts({ accepted: 1, failed: 1 }));
  });

  it.each([401, 403, 404])('does not depend on a WebEngage that answers %i, and then no more', async (status) => {
    proxy.next({ status });
    await start();
    const expected = await app.get('plain/buy');
    const outcome = await app.outcomeOf(() => app.get('decorated/buy'));

    expect(outcome.value).toEqual(expected);
    const fate = mode === 'direct' ? 'failed' : 'delivered';
    expect(outcome.counts).toEqual(counts({ accepted: 1, [fate]: 1 }));
  });

  it('does not depend on a WebEngage that cannot be reached', async () => {
    await start();
    await proxy.close();
    const expected = await app.get('plain/buy');
    const outcome = await app.outcomeOf(() => app.get('decorated/buy'));

    expect(outcome.value).toEqual(expected);
    expect(outcome.counts).toEqual(counts({ accepted: 1, failed: 1 }));
  });

  it('comes while WebEngage has not answered yet, and the event is still pending', async () => {
    proxy.next('hang');
    await start({ delivery: { mode, shutdownTimeout: 1 } });
    const expected = await app.get('plain/buy');
    const response = await app.get('decorated/buy');

    expect(app.events.stats()).toEqual(counts({ accepted: 1, pending: 1 }));
    expect(response).toEqual(expected);
    await app.app.close();
    expect(app.events.stats()).toEqual(counts({ accepted: 1, failed: 1 }));
  });

  it('does not depend on whether there is room: what is over delivery.maxPending is refused', async () => {
    proxy.next('hang', 'hang');
    await start({ delivery: { mode, shutdownTimeout: 1, maxPending: 1 } });
    const expected = await app.get('plain/buy');
    const responses = [await app.get('decorated/buy'), await app.get('decorated/buy')];

    expect(responses).toEqual([expected, expected]);
    expect(app.events.stats()).toEqual(counts({ accepted: 1, pending: 1, refused: 1 }));
  });

  it('does not depend on a WebEngage that is switched off', async () => {
    await start({ host: 'https://api.webengage.com', enabled: false });
    const expected = await app.get('plain/buy');
    const outcome = await app.outcomeOf(() => app.get('decorated/buy'));

    expect(outcome.value).toEqual(expected);
    expect(outcome.counts).toEqual(counts({ skipped: 1 }));
  });
});

describe.each(platforms)('by default, on %s', (platform) => {
  const start = async (options: Partial<WebEngageModuleOptions> = {}) => {
    app = await startTrackedApp(platform, { controllers }, { host: proxy.url, ...options });
  };

  it.each([401, 403, 404])('events wait while WebEngage answers %i, and none is lost', async (status) => {
    proxy.next({ status }, { status }, { status });
    await start({ retry: { maxAttempts: 1, minDelay: 1, maxDelay: 1 } });
    const expected = await app.get('plain/buy');
    const outcome = await app.outcomeOf(async () => [await app.get('decorated/buy'), await app.get('decorated/buy')]);

    expect(outcome.value).toEqual([expected, expected]);
    expect(outcome.counts).toEqual(counts({ accepted: 2, delivered: 2 }));
    expect(sandbox.events()).toHaveLength(2);
    expect(app.logger.at('error')).toEqual([expect.stringContaining('Check apiKey, licenseCode and dataCenter')]);
    expect(app.logger.at('log').filter((text) => text.includes('WebEngage takes events again'))).toHaveLength(1);
  });

  it('events wait while WebEngage is down, and none is lost', async () => {
    await start({ retry: { minDelay: 1, maxDelay: 10 } });
    await proxy.close();
    const expected = await app.get('plain/buy');
    const responses = await Promise.all(Array.from({ length: 20 }, () => app.get('decorated/buy')));
    while (app.logger.at('error').length === 0) await new Promise((resolve) => setTimeout(resolve, 5));

    expect(responses).toEqual(responses.map(() => expected));
    expect(app.events.stats()).toEqual(counts({ accepted: 20, pending: 20 }));
    await proxy.open();
    await app.events.flush();
    expect(app.events.stats()).toEqual(counts({ accepted: 20, delivered: 20 }));
    expect(sandbox.events()).toHaveLength(20);
    expect(app.logger.at('error')).toEqual([expect.stringContaining('Events wait until WebEngage can be reached')]);
  });

  it('the response comes before the event is sent at all', async () => {
    // A single call may start in an hour.
    const quota = { single: 1, interval: 3_600_000 };
    await start({ delivery: { mode: 'background', quota, bulk: 'never', shutdownTimeout: 1 } });
    await app.get('decorated/buy');
    await app.events.flush();
    const expected = await app.get('plain/buy');

    expect(await app.get('decorated/buy')).toEqual(expected);
    expect(app.events.stats()).toEqual(counts({ accepted: 2, delivered: 1, pending: 1 }));
    expect(proxy.calls).toHaveLength(1);
  });
});
