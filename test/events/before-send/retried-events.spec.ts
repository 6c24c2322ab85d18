import { beforeEach, describe, expect, it } from '@jest/globals';
import type { BeforeSend, FailedEvent } from 'nestjs-webengage';
import { MODES, STATE_OF_RECEIPT } from '../../support/deliveries.js';
import type { Fault } from '../../support/faulty-proxy.js';
import { useWebEngageBehindProxy } from '../../support/webengage-behind-proxy.js';

const EVENT = { userId: 'johndoe', eventName: 'Looked', eventData: { Calls: 0 } };

/** Counts its calls in the event, so that an event shows how often it was changed. */
const countUp: BeforeSend = (event) => ({ ...event, eventData: { Calls: Number(event.eventData?.Calls) + 1 } });

describe.each(MODES)('with %s delivery, retry() of a failed event', (mode) => {
  const webEngage = useWebEngageBehindProxy({}, { delivery: { mode }, retry: { maxAttempts: 1 } });
  let failed: FailedEvent[];
  let beforeSend: BeforeSend;

  beforeEach(async () => {
    failed = [];
    beforeSend = countUp;
    const events = await webEngage.start({ beforeSend: (event) => beforeSend(event) });
    events.failed$.subscribe((event) => failed.push(JSON.parse(JSON.stringify(event)) as FailedEvent));
  });

  async function failOnce(fault: Fault): Promise<FailedEvent> {
    webEngage.proxy.next(fault);
    void webEngage.tracking.events.track(EVENT);
    await webEngage.tracking.events.flush();
    return failed[0];
  }

  const sent = () => webEngage.proxy.calls.map(({ body }) => JSON.parse(body).eventData);

  it('sends what beforeSend made of it: it is not changed twice, though nothing was ingested', async () => {
    const { events } = webEngage.tracking;
    const event = await failOnce({ status: 400 });
    beforeSend = () => null;
    const receipt = await events.retry(event);
    await events.flush();
    expect(receipt.requestId).not.toBe(event.requestId);
    expect(sent()).toEqual([{ Calls: 1 }, { Calls: 1 }]);
    expect(events.stats()).toMatchObject({ accepted: 2, delivered: 1, failed: 1, skipped: 0, pending: 0 });
  });

  it.each<Fault>(['reset', 'ingest then reset', { status: 503 }])(
    'sends the same bytes where it may have been ingested, whatever beforeSend says: after %p',
    async (fault) => {
      const { events } = webEngage.tracking;
      const event = await failOnce(fault);
      expect(event.outcomeUnknown).toBe(true);
      beforeSend = () => {
        throw new Error('is not to be asked');
      };
      expect(await events.retry(event)).toEqual({ requestId: event.requestId, state: STATE_OF_RECEIPT[mode] });
      await events.flush();
      expect(new Set(webEngage.proxy.calls.map(({ body }) => body)).size).toBe(1);
      expect(webEngage.sandbox.events()).toMatchObject([{ eventData: { Calls: 1 } }]);
    },
  );

  it('is not asked for between the attempts of one event', async () => {
    const events = await webEngage.start({
      beforeSend: (event) => beforeSend(event),
      retry: { maxAttempts: 3, minDelay: 1, maxDelay: 5 },
    });
    webEngage.proxy.next({ status: 503 }, { status: 503 });
    await events.track(EVENT);
    await events.flush();
    expect(sent()).toEqual([{ Calls: 1 }, { Calls: 1 }, { Calls: 1 }]);
  });
});
