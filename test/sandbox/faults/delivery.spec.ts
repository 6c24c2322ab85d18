import { describe, expect, it } from '@jest/globals';
import type { WebEngageModuleOptions } from 'nestjs-webengage';
import { useSandbox } from '../../support/sandbox-context.js';
import { LICENSE_CODE, startTracking } from '../../support/tracking-context.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';

const EVENTS = 60;
const RETRY = { maxAttempts: 10, minDelay: 1, maxDelay: 20 };

const DELIVERIES: readonly (readonly [string, WebEngageModuleOptions['delivery']])[] = [
  ['direct', { mode: 'direct' }],
  ['background', { mode: 'background' }],
];

describe('the library delivers every event exactly once through the sandbox', () => {
  expectNoUnobservedErrors();
  const context = useSandbox();

  it.each(DELIVERIES)('while its answers are lost, refused and over quota, in %s delivery', async (_mode, delivery) => {
    const { sandbox } = context;
    sandbox.faults.add({ reset: 'after ingestion', calls: 3 });
    const { app, events } = await startTracking({ host: sandbox.url, delivery, retry: RETRY });
    const tracked = track(0, 1);
    await sandbox.waitFor({ userId: '0' });
    sandbox.faults.add({ status: 503, calls: 2 });
    sandbox.faults.add({ status: 429, retryAfter: 1, calls: 1 });
    await Promise.all([tracked, track(1, EVENTS)]);
    await events.flush();
    expect(events.stats()).toMatchObject({ accepted: EVENTS, delivered: EVENTS, failed: 0, pending: 0 });
    expect(usersIn(sandbox.events())).toEqual(Array.from({ length: EVENTS }, (_, index) => index));
    expect(sandbox.arrivals()).toHaveLength(EVENTS);
    expect(new Set(sandbox.arrivals().map(({ verdict }) => verdict))).toEqual(new Set(['kept']));
    expect(sandbox.snapshot().counts.recognised).toBeGreaterThanOrEqual(1);
    expect(sandbox.faults.list()).toEqual([]);
    await app.close();

    function track(from: number, to: number) {
      const some = Array.from({ length: to - from }, (_, index) => ({
        userId: `${from + index}`,
        eventName: 'Viewed',
      }));
      return Promise.all(some.map((event) => events.track(event)));
    }
  });

  it('while calls hang past its timeout', async () => {
    const { sandbox } = context;
    sandbox.faults.add({ hang: true, calls: 2 });
    const { app, events } = await startTracking({ host: sandbox.url, timeout: 100, retry: RETRY });
    await events.track({ userId: '0', eventName: 'Viewed' });
    await events.flush();
    expect(sandbox.arrivals()).toMatchObject([{ licenseCode: LICENSE_CODE, verdict: 'kept', attemptCount: 3 }]);
    expect(events.stats()).toMatchObject({ delivered: 1, failed: 0 });
    await app.close();
  });

  it('while a third of the calls goes wrong, each in its own way', async () => {
    const { sandbox } = context;
    sandbox.faults.add({ reset: 'after ingestion', probability: 0.1, seed: 1 });
    sandbox.faults.add({ reset: 'before ingestion', probability: 0.1, seed: 2 });
    sandbox.faults.add({ status: 502, probability: 0.1, seed: 3 });
    sandbox.faults.add({ latency: 3, probability: 0.3, seed: 4 });
    const { app, events } = await startTracking({
      host: sandbox.url,
      retry: RETRY,
      delivery: { mode: 'direct' },
    });
    for (let index = 0; index < EVENTS; index++) await events.track({ userId: `${index}`, eventName: 'Viewed' });
    expect(usersIn(sandbox.events())).toEqual(Array.from({ length: EVENTS }, (_, index) => index));
    await app.close();
  });
});

function usersIn(events: readonly { readonly userId: string | undefined }[]): number[] {
  return events.map(({ userId }) => Number(userId)).sort((one, other) => one - other);
}
