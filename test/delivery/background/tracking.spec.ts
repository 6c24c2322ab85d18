import { describe, expect, it } from '@jest/globals';
import { BufferFullError, EventValidationError, type FailedEvent, FlushTimeoutError } from 'nestjs-webengage';
import { deferred } from '../../../lib/common/deferred.js';
import { QUEUED, type Reply, useBackgroundTracking } from '../../support/answering-server.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';

const EVENT = { userId: 'johndoe', eventName: 'Added to Cart', eventData: { Price: 39.8 } };
const numbered = (number: number) => ({ ...EVENT, eventData: { Number: number } });

expectNoUnobservedErrors();

describe('tracking with background delivery', () => {
  const background = useBackgroundTracking();

  it('track() resolves before anything is sent, with the id under which the event then goes', async () => {
    const events = await background.start();
    const receipt = await events.track(EVENT);
    expect(receipt).toEqual({ requestId: expect.stringMatching(/^[0-9a-f]{32}$/), state: 'accepted' });
    expect(background.server.calls).toEqual([]);
    expect(events.stats()).toMatchObject({ accepted: 1, delivered: 0, pending: 1 });
    await events.flush();
    expect(background.server.calls).toMatchObject([{ isBulk: false, requestId: receipt.requestId, events: [EVENT] }]);
    expect(events.stats()).toMatchObject({ accepted: 1, delivered: 1, pending: 0 });
  });

  it('is the mode that applies when none is given', async () => {
    const events = await background.start({}, { delivery: undefined });
    await expect(events.track(EVENT)).resolves.toMatchObject({ state: 'accepted' });
    await events.flush();
    expect(background.server.ingested).toHaveLength(1);
  });

  it('resolves though WebEngage is away, and delivers when it is back', async () => {
    background.server.next('reset', { status: 503 }, { status: 500 }, { status: 200 }, 'reset', { status: 408 });
    const events = await background.start();
    const { requestId } = await events.track(EVENT);
    const attempts: number[] = [];
    events.delivered$.subscribe((delivered) => attempts.push(delivered.attempts));
    await events.flush();
    expect(attempts).toEqual([7]);
    expect(new Set(background.server.calls.map((call) => call.requestId))).toEqual(new Set([requestId]));
    expect(new Set(background.server.calls.map(({ body }) => body)).size).toBe(1);
  });

  it('freezes the event when it is tracked', async () => {
    const events = await background.start();
    const event = { ...EVENT, eventData: { Price: 1 } };
    await events.track(event);
    event.eventData.Price = 2;
    await events.flush();
    expect(background.server.ingested).toMatchObject([{ eventData: { Price: 1 } }]);
  });

  it('trackMany() takes all or none', async () => {
    const events = await background.start({ maxPending: 3 });
    await expect(events.trackMany([EVENT, { ...EVENT, eventName: '' }])).rejects.toBeInstanceOf(EventValidationError);
    await expect(events.trackMany([EVENT, EVENT, EVENT, EVENT])).rejects.toBeInstanceOf(BufferFullError);
    expect(events.stats()).toMatchObject({ accepted: 0, refused: 6 });
    const receipts = await events.trackMany([1, 2, 3].map(numbered));
    expect(receipts.map(({ state }) => state)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(background.server.calls).toEqual([]);
    await events.flush();
    const numbers = new Map(background.server.calls.map(({ requestId, events: [event] }) => [requestId, event]));
    expect(receipts.map(({ requestId }) => numbers.get(requestId)?.eventData?.Number)).toEqual([1, 2, 3]);
  });

  it('refuses what passes maxPending, and takes events again once there is room', async () => {
    const gate = deferred<Reply>();
    background.server.reply = () => gate.promise;
    const events = await background.start({ maxPending: 2 });
    await events.trackMany([EVENT, EVENT]);
    await expect(events.track(EVENT)).rejects.toMatchObject({ option: 'maxPending', limit: 2, actual: 3 });
    gate.resolve(QUEUED);
    await events.flush();
    await expect(events.track(EVENT)).resolves.toMatchObject({ state: 'accepted' });
    await events.flush();
    expect(events.stats()).toMatchObject({ accepted: 3, delivered: 3, refused: 1 });
  });

  it('refuses what passes maxPendingBytes', async () => {
    const events = await background.start({ maxPendingBytes: 300 });
    await events.track(EVENT);
    const large = { ...EVENT, eventData: { Note: 'x'.repeat(250) } };
    const error = await events.track(large).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BufferFullError);
    expect(error).toMatchObject({ option: 'maxPendingBytes', limit: 300 });
    await events.flush();
    expect(background.server.ingested).toHaveLength(1);
  });

  it("with overflow: 'drop-oldest' gives up the oldest that is not under way", async () => {
    const gate = deferred<Reply>();
    background.server.reply = () => gate.promise;
    const events = await background.start({ maxPending: 3, overflow: 'drop-oldest', concurrency: 1 });
    const failed: FailedEvent[] = [];
    events.failed$.subscribe((event) => failed.push(event));
    await events.track(numbered(0));
    await background.server.received(1);
    for (let number = 1; number <= 5; number++) await events.track(numbered(number));
    expect(failed.map(({ event, reason }) => [event.eventData?.Number, reason])).toEqual(
      [1, 2, 3].map((number) => [number, 'dropped from full buffer']),
    );
    expect(failed[0]).toMatchObject({ attempts: 0, outcomeUnknown: false });
    expect(failed[0]).not.toHaveProperty('status');
    gate.resolve(QUEUED);
    await events.flush();
    expect(background.server.ingested.map(({ eventData }) => eventData?.Number)).toEqual([0, 4, 5]);
    expect(events.stats()).toMatchObject({ accepted: 6, delivered: 3, failed: 3, refused: 0 });
  });

  it('flush() rejects with what is pending when its time is up, and delivery goes on', async () => {
    const gate = deferred<Reply>();
    background.server.reply = () => gate.promise;
    const events = await background.start();
    await events.flush();
    await events.trackMany([EVENT, EVENT]);
    const error = await events.flush({ timeout: 20 }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FlushTimeoutError);
    expect(error).toMatchObject({ pending: 2, timeout: 20 });
    gate.resolve(QUEUED);
    await events.flush();
    expect(events.stats()).toMatchObject({ delivered: 2, pending: 0 });
  });

  it('logs the first of several failures, and that events arrive again', async () => {
    background.server.next({ status: 400 }, { status: 422 }, { status: 413 });
    const events = await background.start({ concurrency: 1 });
    await events.trackMany([EVENT, EVENT, EVENT, EVENT]);
    await events.flush();
    const { logger } = background.tracking;
    expect(logger.at('error')).toEqual([expect.stringContaining('"Added to Cart" was not delivered (refused by')]);
    expect(logger.at('log').filter((line) => line.includes('delivered again; 3 failed'))).toHaveLength(1);
  });

  it('lets nothing reject unobserved, whatever nobody waits for', async () => {
    background.server.next({ status: 400 }, 'reset', { status: 401 });
    const events = await background.start({ maxPending: 4 }, { retry: { maxAttempts: 1, minDelay: 5, maxDelay: 5 } });
    void events.track({ ...EVENT, eventName: '' });
    void events.trackMany([EVENT, { ...EVENT, eventName: '' }]);
    void events.trackMany([EVENT, EVENT, EVENT]);
    void events.trackMany([EVENT, EVENT]);
    void events.retry({ outcomeUnknown: true } as never);
    void events.flush({ timeout: 1 });
    await events.flush();
    expect(events.stats()).toMatchObject({ accepted: 3, failed: 2, delivered: 1, refused: 5 });
  });
});
