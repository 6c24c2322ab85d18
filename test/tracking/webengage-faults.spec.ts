import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { TrackEvent, type WebEngageModuleOptions } from 'nestjs-webengage';
import { FaultyProxy } from '../support/faulty-proxy.js';
import { counts, platforms, startTrackedApp, type TrackedApp } from '../support/http-apps.js';
import { expectNoUnobservedErrors } from '../support/unobserved-errors.js';
import { routesController } from './routes.controller.js';

const answer = () => ({ sku: 'cologne' });
const controllers = [
  routesController('plain', { buy: [] }, answer),
  routesController('decorated', { buy: [TrackEvent('Bought', { userId: 'johndoe' })] }, answer),
];
const retry = { maxAttempts: 2, minDelay: 1, maxDelay: 1 };

expectNoUnobservedErrors();

describe.each(platforms)('the response of a decorated handler on %s does not depend on WebEngage', (platform) => {
  let proxy: FaultyProxy;
  let app: TrackedApp;

  beforeAll(async () => {
    proxy = await FaultyProxy.start('http://127.0.0.1');
  });

  afterEach(() => app.close());
  afterAll(() => proxy.close());

  async function start(host: string, options: Partial<WebEngageModuleOptions> = {}): Promise<void> {
    app = await startTrackedApp(platform, { controllers }, { host, retry, ...options });
  }

  it.each([401, 404, 500, 503])('which answers %i', async (status) => {
    proxy.next({ status }, { status });
    await start(proxy.url);
    const expected = await app.get('plain/buy');
    const outcome = await app.outcomeOf(() => app.get('decorated/buy'));

    expect(expected.status).toBe(200);
    expect(outcome.value).toEqual(expected);
    expect(outcome.counts).toEqual(counts({ accepted: 1, failed: 1 }));
  });

  it('which resets the connection', async () => {
    proxy.next('reset', 'reset');
    await start(proxy.url);
    const expected = await app.get('plain/buy');
    const outcome = await app.outcomeOf(() => app.get('decorated/buy'));

    expect(outcome.value).toEqual(expected);
    expect(outcome.counts).toEqual(counts({ accepted: 1, failed: 1 }));
  });

  it('which cannot be reached', async () => {
    const closed = await FaultyProxy.start('http://127.0.0.1');
    const { url } = closed;
    await closed.close();
    await start(url);
    const expected = await app.get('plain/buy');
    const outcome = await app.outcomeOf(() => app.get('decorated/buy'));

    expect(outcome.value).toEqual(expected);
    expect(outcome.counts).toEqual(counts({ accepted: 1, failed: 1 }));
  });

  it('which does not answer: the response comes while the event is still pending', async () => {
    proxy.next('hang');
    await start(proxy.url, { delivery: { mode: 'direct', shutdownTimeout: 1 } });
    const expected = await app.get('plain/buy');
    const response = await app.get('decorated/buy');

    expect(app.events.stats()).toEqual(counts({ accepted: 1, pending: 1 }));
    expect(response).toEqual(expected);
    await app.app.close();
    expect(app.events.stats()).toEqual(counts({ accepted: 1, failed: 1 }));
  });

  it('which takes no more: what is over delivery.maxPending is refused', async () => {
    proxy.next('hang', 'hang');
    await start(proxy.url, { delivery: { mode: 'direct', shutdownTimeout: 1, maxPending: 1 } });
    const expected = await app.get('plain/buy');
    const responses = [await app.get('decorated/buy'), await app.get('decorated/buy')];

    expect(responses).toEqual([expected, expected]);
    expect(app.events.stats()).toEqual(counts({ accepted: 1, pending: 1, refused: 1 }));
  });

  it('which is switched off', async () => {
    await start('https://api.webengage.com', { enabled: false });
    const expected = await app.get('plain/buy');
    const outcome = await app.outcomeOf(() => app.get('decorated/buy'));

    expect(outcome.value).toEqual(expected);
    expect(outcome.counts).toEqual(counts({ skipped: 1 }));
  });
});
