import { describe, expect, it } from '@jest/globals';
import { DeliveryError, type FailedEvent, WebEngageApiError } from 'nestjs-webengage';
import { DIRECT } from '../../support/deliveries.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';
import { useWebEngageBehindProxy } from '../../support/webengage-behind-proxy.js';

const EVENT = { userId: 'johndoe', eventName: 'Added to Cart' };

expectNoUnobservedErrors();

describe('with direct delivery, what fails rejects', () => {
  const webEngage = useWebEngageBehindProxy({}, { delivery: DIRECT, retry: { maxAttempts: 1 } });

  it('in track(), and again in retry()', async () => {
    webEngage.proxy.next('reset', { status: 503 }, { status: 401 });
    const events = await webEngage.start();
    const failed: FailedEvent[] = [];
    events.failed$.subscribe((event) => failed.push(event));
    await expect(events.track(EVENT)).rejects.toBeInstanceOf(WebEngageApiError);
    await expect(events.retry(failed[0])).rejects.toMatchObject({ status: 503, requestId: failed[0].requestId });
    await expect(events.retry(failed[1])).rejects.toMatchObject({ status: 401, requestId: failed[0].requestId });
    await expect(events.retry(failed[2])).resolves.toEqual({ requestId: failed[0].requestId, state: 'delivered' });
    expect(events.stats()).toMatchObject({ accepted: 4, delivered: 1, failed: 3, pending: 0 });
  });

  it('in trackMany(), which says of which events and why', async () => {
    webEngage.proxy.next('pass', { status: 400 }, 'pass');
    const events = await webEngage.start();
    const failed: FailedEvent[] = [];
    events.failed$.subscribe((event) => failed.push(event));
    const error = await events.trackMany([EVENT, EVENT, EVENT]).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DeliveryError);
    expect(error).toMatchObject({ total: 3, failures: [{ error: { status: 400 } }] });
    expect(webEngage.sandbox.events()).toHaveLength(2);
    expect(failed).toHaveLength(1);
    expect((error as DeliveryError).failures[0]?.error.requestId).toBe(failed[0]?.requestId);
  });

  it('when the application shuts down before it arrives', async () => {
    webEngage.proxy.next('hang', { status: 503, headers: { 'Retry-After': '50' } }, 'hang');
    const delivery = { mode: 'direct', concurrency: 2, shutdownTimeout: 300 } as const;
    const events = await webEngage.start({ retry: {}, delivery });
    const tracked = Array.from({ length: 4 }, () => events.track(EVENT));
    await webEngage.tracking.app.close();
    for (const outcome of await Promise.allSettled(tracked)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { reason: 'shut down' } });
      expect((outcome as PromiseRejectedResult).reason).toBeInstanceOf(WebEngageApiError);
    }
  });
});
