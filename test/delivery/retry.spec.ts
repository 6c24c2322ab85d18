import { beforeEach, describe, expect, it } from '@jest/globals';
import { EventValidationError, type FailedEvent, RetryRefusedError } from 'nestjs-webengage';
import { MODES, STATE_OF_RECEIPT } from '../support/deliveries.js';
import { type Fault } from '../support/faulty-proxy.js';
import { useWebEngageBehindProxy } from '../support/webengage-behind-proxy.js';

const EVENT = { userId: 'johndoe', eventName: 'Added to Cart', eventData: { Price: 39.8, At: new Date(0) } };
const FOUR_HOURS = 4 * 60 * 60 * 1000;

describe.each(MODES)('with %s delivery, retrying failed events, and several events at once', (mode) => {
  const webEngage = useWebEngageBehindProxy({}, { delivery: { mode } });
  let failed: FailedEvent[];

  beforeEach(async () => {
    const events = await webEngage.start({ retry: { maxAttempts: 1 } });
    failed = [];
    // Through JSON, as a store would keep them.
    events.failed$.subscribe((event) => failed.push(JSON.parse(JSON.stringify(event)) as FailedEvent));
  });

  async function failOnce(fault: Fault): Promise<FailedEvent> {
    webEngage.proxy.next(fault);
    void webEngage.tracking.events.track(EVENT);
    await webEngage.tracking.events.flush();
    return failed[0];
  }

  it('keeps the request id and the bytes of an event that may have been ingested', async () => {
    const event = await failOnce('ingest then reset');
    await expect(webEngage.tracking.events.retry(event)).resolves.toEqual({
      requestId: event.requestId,
      state: STATE_OF_RECEIPT[mode],
    });
    await webEngage.tracking.events.flush();
    expect(new Set(webEngage.proxy.requestIds).size).toBe(1);
    expect(new Set(webEngage.proxy.calls.map(({ body }) => body)).size).toBe(1);
    expect(webEngage.sandbox.events()).toHaveLength(1);
    expect(webEngage.tracking.events.stats()).toMatchObject({ accepted: 2, delivered: 1, failed: 1, pending: 0 });
  });

  it('gives a new request id to an event that was definitely not ingested', async () => {
    const event = await failOnce({ status: 400 });
    const { requestId } = await webEngage.tracking.events.retry(event);
    await webEngage.tracking.events.flush();
    expect(webEngage.proxy.requestIds).toEqual([event.requestId, requestId]);
    expect(requestId).not.toBe(event.requestId);
    expect(new Set(webEngage.proxy.calls.map(({ body }) => body)).size).toBe(1);
  });

  it('refuses when the outcome is unknown and the window is over', async () => {
    const event = await failOnce('reset');
    const old = { ...event, windowStartedAt: Date.now() - FOUR_HOURS };
    await expect(webEngage.tracking.events.retry(old)).rejects.toBeInstanceOf(RetryRefusedError);
    await expect(webEngage.tracking.events.retry({ ...event, windowStartedAt: undefined })).rejects.toThrow(
      event.requestId,
    );
    expect(webEngage.proxy.calls).toHaveLength(1);
    const barelyYoung = { ...event, windowStartedAt: Date.now() - FOUR_HOURS + 60_000 };
    await expect(webEngage.tracking.events.retry(barelyYoung)).resolves.toMatchObject({
      state: STATE_OF_RECEIPT[mode],
    });
    await webEngage.tracking.events.flush();
    expect(webEngage.sandbox.events()).toHaveLength(1);
  });

  it('still knows after a retry that failed when the first attempt was sent', async () => {
    const event = await failOnce('reset');
    webEngage.proxy.next({ status: 503 });
    void webEngage.tracking.events.retry(event);
    await webEngage.tracking.events.flush();
    expect(failed[1]).toMatchObject({
      requestId: event.requestId,
      outcomeUnknown: true,
      windowStartedAt: event.windowStartedAt,
    });
  });

  it('still knows after a retry that was refused that the event may have been ingested', async () => {
    const event = await failOnce('ingest then reset');
    webEngage.proxy.next({ status: 400 });
    void webEngage.tracking.events.retry(event);
    await webEngage.tracking.events.flush();
    expect(failed[1]).toMatchObject({ requestId: event.requestId, status: 400, outcomeUnknown: true });
  });

  it.each(['', 'a\r\nb', 'ABC', undefined])(
    'refuses the request id %p, which WebEngage would not know',
    async (requestId) => {
      const event = await failOnce('reset');
      await expect(webEngage.tracking.events.retry({ ...event, requestId } as FailedEvent)).rejects.toBeInstanceOf(
        RetryRefusedError,
      );
      expect(webEngage.proxy.calls).toHaveLength(1);
    },
  );

  it('checks a failed event that was changed in between', async () => {
    const event = await failOnce({ status: 400 });
    const changed = { ...event, event: { ...event.event, eventName: 'we_x' } };
    await expect(webEngage.tracking.events.retry(changed)).rejects.toBeInstanceOf(EventValidationError);
  });

  it.each([undefined, null, {}, { event: null }])('refuses %p as no event', async (nothing) => {
    await expect(webEngage.tracking.events.retry(nothing as never)).rejects.toBeInstanceOf(EventValidationError);
    expect(webEngage.tracking.events.stats()).toMatchObject({ accepted: 0, refused: 1 });
  });

  it('trackMany() gives receipts in order', async () => {
    const receipts = await webEngage.tracking.events.trackMany([EVENT, { ...EVENT, userId: 'jane' }]);
    await webEngage.tracking.events.flush();
    const byId = new Map(webEngage.sandbox.events().map(({ requestId, userId }) => [requestId, userId]));
    expect(receipts.map(({ requestId }) => byId.get(requestId))).toEqual(['johndoe', 'jane']);
    await expect(webEngage.tracking.events.trackMany([])).resolves.toEqual([]);
  });

  it('trackMany() names the index of each violation and sends nothing', async () => {
    const events = [EVENT, { ...EVENT, eventName: '' }, { ...EVENT, eventData: { we_x: 1 } }];
    const error = await webEngage.tracking.events.trackMany(events).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(EventValidationError);
    expect((error as EventValidationError).violations.map(({ path }) => path)).toEqual([
      '[1].eventName',
      '[2].eventData["we_x"]',
    ]);
    expect((error as Error).message).toContain('[1].eventName must not be blank');
    expect(webEngage.proxy.calls).toEqual([]);
    expect(webEngage.tracking.events.stats()).toMatchObject({ accepted: 0, refused: 3 });
  });

  it('trackMany() delivers the others when one of its events fails', async () => {
    webEngage.proxy.next('pass', { status: 400 }, 'pass');
    void webEngage.tracking.events.trackMany([EVENT, EVENT, EVENT]);
    await webEngage.tracking.events.flush();
    expect(webEngage.sandbox.events()).toHaveLength(2);
    expect(failed).toMatchObject([{ reason: 'refused by WebEngage', status: 400 }]);
    expect(webEngage.tracking.events.stats()).toMatchObject({ accepted: 3, delivered: 2, failed: 1, pending: 0 });
  });

  it.each([undefined, null, {}, 'events', new Set([EVENT])])('trackMany(%p) is refused', async (events) => {
    await expect(webEngage.tracking.events.trackMany(events as never)).rejects.toThrow(/events must be an Array/);
  });

  it('trackMany() holds no more events in memory than find room', async () => {
    const event = { ...EVENT, eventData: { Note: 'x'.repeat(900) } };
    await expect(
      webEngage.tracking.events.trackMany(Array.from({ length: 1_000_000 }, () => event)),
    ).rejects.toMatchObject({
      option: 'maxPending',
      actual: 1_000_000,
    });
    const error = await webEngage.tracking.events
      .trackMany(Array.from({ length: 1_000_000 }, () => ({}) as typeof event))
      .catch((thrown: unknown) => thrown);
    expect((error as EventValidationError).violations.length).toBeLessThan(200);
    expect(webEngage.tracking.events.stats()).toMatchObject({ accepted: 0, refused: 2_000_000 });
  });

  it('trackMany() judges the holes of an array as events', async () => {
    const events = [EVENT];
    events[2] = EVENT;
    await expect(webEngage.tracking.events.trackMany(events)).rejects.toThrow(/\[1\]\.event must be an object/);
  });
});

describe('with background delivery in bulk, retrying an event whose outcome is unknown', () => {
  const webEngage = useWebEngageBehindProxy();
  const failed: FailedEvent[] = [];

  async function start(bulk: 'never' | 'always') {
    const events = await webEngage.start({ retry: { maxAttempts: 1 }, delivery: { mode: 'background', bulk } });
    failed.length = 0;
    events.failed$.subscribe((event) => failed.push(JSON.parse(JSON.stringify(event)) as FailedEvent));
    return events;
  }

  it('sends it by itself, under the id that WebEngage would recognise', async () => {
    const before = await start('never');
    webEngage.proxy.next('ingest then reset');
    await before.track(EVENT);
    await before.flush();
    const [event] = failed;
    const events = await start('always');
    await Promise.all([events.track(EVENT), events.retry(event), events.track(EVENT)]);
    await events.flush();
    expect(events.stats()).toMatchObject({ accepted: 3, delivered: 3 });
    const [first, ...others] = webEngage.proxy.calls.filter(({ path }) => path?.endsWith('/events'));
    expect(others).toEqual([expect.objectContaining({ body: first.body })]);
    expect(others[0].headers['x-request-id']).toBe(event.requestId);
    expect(webEngage.sandbox.events()).toHaveLength(3);
  });

  it('refuses if it went in a bulk call, because only single calls are recognised', async () => {
    const events = await start('always');
    webEngage.proxy.next('ingest then reset');
    await events.trackMany([EVENT, EVENT]);
    await events.flush();
    expect(failed).toHaveLength(2);
    for (const event of failed) {
      const refusal = await events.retry(event).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(RetryRefusedError);
      expect(refusal).toMatchObject({ requestId: webEngage.proxy.requestIds[0] });
    }
    expect(webEngage.sandbox.events()).toHaveLength(2);
    expect(webEngage.proxy.calls).toHaveLength(1);
  });
});
