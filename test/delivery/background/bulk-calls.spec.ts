import { describe, expect, it } from '@jest/globals';
import { type DeliveredEvent, type FailedEvent, RetryRefusedError } from 'nestjs-webengage';
import { BAD_REQUEST, QUEUED, type ReceivedCall, useBackgroundTracking } from '../../support/answering-server.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';

const eventsOf = (count: number) =>
  Array.from({ length: count }, (_, number) => ({
    userId: 'johndoe',
    eventName: number === 17 ? 'Offending' : 'Added to Cart',
    eventData: { Number: number },
  }));
const isOffended = ({ events }: ReceivedCall) => events.some(({ eventName }) => eventName === 'Offending');
const numbersOf = (events: readonly { readonly eventData?: object }[]) =>
  events.map(({ eventData }) => (eventData as { Number: number }).Number);
const upTo = (count: number) => Array.from({ length: count }, (_, number) => number);

expectNoUnobservedErrors();

describe('bulk calls', () => {
  const background = useBackgroundTracking();

  async function start(...[delivery, options]: Parameters<typeof background.start>) {
    const events = await background.start({ bulk: 'always', ...delivery }, options);
    const delivered: DeliveredEvent[] = [];
    const failed: FailedEvent[] = [];
    events.delivered$.subscribe((event) => delivered.push(event));
    events.failed$.subscribe((event) => failed.push(event));
    return { events, delivered, failed };
  }

  it('carry up to 25 events each, under an id of their own', async () => {
    const { events, delivered } = await start();
    const receipts = await events.trackMany(eventsOf(60));
    await events.flush();
    const { calls } = background.server;
    expect(calls.map((call) => [call.isBulk, call.events.length]).sort()).toEqual([
      [true, 10],
      [true, 25],
      [true, 25],
    ]);
    expect(numbersOf(background.server.ingested).sort((one, other) => one - other)).toEqual(upTo(60));
    const ids = new Set([...calls, ...receipts].map(({ requestId }) => requestId));
    expect(ids.size).toBe(63);
    expect(new Set(delivered.map(({ requestId }) => requestId))).toEqual(
      new Set(receipts.map(({ requestId }) => requestId)),
    );
    expect(new Set(delivered.map(({ bulkRequestId }) => bulkRequestId))).toEqual(
      new Set(calls.map(({ requestId }) => requestId)),
    );
  });

  it('are sent again as they are', async () => {
    background.server.next({ status: 503 }, 'reset', { status: 429, headers: { 'Retry-After': '0.01' } });
    const { events, delivered } = await start();
    await events.trackMany(eventsOf(25));
    await events.flush();
    expect(background.server.calls).toHaveLength(4);
    expect(new Set(background.server.calls.map(({ requestId }) => requestId)).size).toBe(1);
    expect(new Set(background.server.calls.map(({ body }) => body)).size).toBe(1);
    expect(delivered.map(({ attempts }) => attempts)).toEqual(Array(25).fill(4));
  });

  it('that are refused with 400 are narrowed down to the event that is at fault', async () => {
    background.server.reply = (call) => (isOffended(call) ? BAD_REQUEST : QUEUED);
    const { events, delivered, failed } = await start();
    const receipts = await events.trackMany(eventsOf(25));
    await events.flush();
    const others = upTo(25).filter((number) => number !== 17);
    expect(numbersOf(background.server.ingested).sort((one, other) => one - other)).toEqual(others);
    expect(events.stats()).toMatchObject({ accepted: 25, delivered: 24, failed: 1, pending: 0 });
    const callsWithIt = background.server.calls.filter(isOffended);
    expect(failed).toEqual([
      {
        event: expect.objectContaining({ eventName: 'Offending' }),
        requestId: receipts[17]?.requestId,
        reason: 'refused by WebEngage',
        message: 'WebEngage answered 400: Error: bad',
        status: 400,
        attempts: callsWithIt.length,
        outcomeUnknown: false,
        acceptedAt: expect.any(Number),
      },
    ]);
    // The last one is the event by itself, under its own id; each has another id.
    expect(callsWithIt.at(-1)).toMatchObject({ isBulk: false, requestId: receipts[17]?.requestId });
    expect(new Set(background.server.calls.map(({ requestId }) => requestId)).size).toBe(
      background.server.calls.length,
    );
    for (const { event, attempts } of delivered) {
      const number = event.eventData?.Number;
      const calls = background.server.calls.filter(({ events: sent }) => numbersOf(sent).includes(number as number));
      expect(attempts).toBe(calls.length);
    }
  });

  it('that are too large for WebEngage go in smaller ones, and only an event that is itself too large fails', async () => {
    const limit = 600;
    background.server.reply = ({ body }) => (body.length > limit ? { status: 413 } : QUEUED);
    const { events, failed } = await start();
    const large = { ...eventsOf(18)[17], eventData: { Number: 17, Text: 'x'.repeat(limit) } };
    await events.trackMany([...eventsOf(17), large, ...eventsOf(17)]);
    await events.flush();
    expect(events.stats()).toMatchObject({ accepted: 35, delivered: 34, failed: 1, pending: 0 });
    expect(numbersOf(background.server.ingested).sort((one, other) => one - other)).toEqual(
      upTo(34).map((index) => Math.floor(index / 2)),
    );
    expect(failed).toMatchObject([
      { event: { eventName: 'Offending' }, reason: 'refused by WebEngage', status: 413, outcomeUnknown: false },
    ]);
    expect(background.server.calls.filter(({ body }) => body.length > limit).at(-1)?.isBulk).toBe(false);
  });

  it('that are refused with 400 after an unknown outcome fail whole, and retry() refuses their events', async () => {
    background.server.next('reset', BAD_REQUEST);
    const { events, failed } = await start();
    await events.trackMany(eventsOf(5));
    await events.flush();
    const [first, second, ...more] = background.server.calls;
    expect(more).toEqual([]);
    expect(second).toEqual(first);
    expect(failed.map(({ event }) => event.eventData?.Number)).toEqual(upTo(5));
    for (const event of failed) {
      expect(event).toMatchObject({ reason: 'refused by WebEngage', status: 400, attempts: 2, outcomeUnknown: true });
      expect(event.bulkRequestId).toBe(first?.requestId);
      const stored = JSON.parse(JSON.stringify(event)) as FailedEvent;
      const error = await events.retry(stored).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(RetryRefusedError);
      expect((error as Error).message).toMatch(/may have been ingested.*bulk call.*track\(\)/);
      expect((error as RetryRefusedError).requestId).toBe(first?.requestId);
    }
    expect(events.stats()).toMatchObject({ accepted: 5, failed: 5, pending: 0 });
    expect(background.server.calls).toHaveLength(2);
  });

  it('that surely failed leave events that retry() sends again', async () => {
    background.server.next({ status: 422 });
    const { events, failed } = await start();
    await events.trackMany(eventsOf(3));
    await events.flush();
    expect(failed).toHaveLength(3);
    const receipts = await Promise.all(failed.map((event) => events.retry(event)));
    await events.flush();
    expect(numbersOf(background.server.ingested)).toEqual([0, 1, 2]);
    const oldIds = failed.map(({ requestId }) => requestId);
    expect(receipts.every(({ requestId }) => !oldIds.includes(requestId))).toBe(true);
  });

  it('take over when single calls cannot keep up, and only then', async () => {
    const quota = { single: 120, bulk: 500, interval: 60_000 };
    const { events } = await start({ bulk: 'backlog', bulkAfter: 5_000, quota });
    await events.track(eventsOf(1)[0]);
    await events.flush();
    expect(background.server.calls.map(({ isBulk }) => isBulk)).toEqual([false]);
    await events.trackMany(eventsOf(100));
    await events.flush({ timeout: 15_000 });
    expect(background.server.calls.filter(({ isBulk }) => isBulk).length).toBeGreaterThanOrEqual(3);
    expect(background.server.ingested).toHaveLength(101);
  }, 20_000);
});
