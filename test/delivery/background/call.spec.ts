import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Call } from '../../../lib/delivery/call.js';
import { RequestIds } from '../../../lib/delivery/request-ids.js';
import { validEvent } from '../../support/arbitrary-events.js';
import { answerOf, envelope, envelopes, neverConnected } from '../../support/delivery-fakes.js';

const FOUR_HOURS = 4 * 60 * 60 * 1000;
const requestIds = new RequestIds();
const nextId = () => requestIds.next();

function bulk(events: number): Call {
  return Call.bulk(
    Array.from({ length: events }, (_, index) => envelope({ json: `{"n":${index}}` })),
    nextId(),
  );
}

describe('a call', () => {
  it('of one event is the event itself, under its own id', () => {
    const one = envelope({ json: '{"eventName":"Added"}' });
    const call = Call.single(one);
    expect(call).toMatchObject({ kind: 'single', requestId: one.requestId, json: one.json, envelopes: [one] });
    expect(call.bulkRequestId).toBeUndefined();
  });

  it('of several events carries each as it is, under an id of its own', () => {
    fc.assert(
      fc.property(fc.array(validEvent, { minLength: 1, maxLength: 25 }), (events) => {
        const texts = events.map((event) => JSON.stringify(event));
        const call = Call.bulk(
          texts.map((json) => envelope({ json })),
          nextId(),
        );
        const { events: sent } = JSON.parse(call.json) as { events: unknown[] };
        expect(sent.map((event) => JSON.stringify(event))).toEqual(texts);
        expect(call.json).toBe(`{"events":[${texts.join(',')}]}`);
        expect(call.bulkRequestId).toBe(call.requestId);
      }),
      { numRuns: 50 },
    );
  });

  it('counts its attempts, and remembers the first one, the last answer and any doubt', () => {
    const call = Call.single(envelope());
    expect(call.failure('shut down')).toEqual({
      reason: 'shut down',
      message: 'The event was not sent',
      attempts: 0,
      outcomeUnknown: false,
    });
    call.begin(100, 100);
    call.end(neverConnected);
    expect(call.outcomeUnknown).toBe(false);
    call.begin(200, 200);
    call.end(answerOf(500));
    call.begin(300, 300);
    call.end(answerOf(429));
    expect(call.failure('attempts exhausted')).toEqual({
      reason: 'attempts exhausted',
      message: 'status 429',
      status: 429,
      attempts: 3,
      outcomeUnknown: true,
      windowStartedAt: 100,
    });
  });

  it('of an event that may have been ingested before it was accepted knows so', () => {
    const call = Call.single(envelope({ windowStartedAt: 50 }));
    call.begin(100, 100);
    call.end(answerOf(401));
    call.restartWindow();
    expect(call).toMatchObject({ outcomeUnknown: true, windowStartedAt: 50 });
  });

  it('starts its window anew only as long as nothing can have been ingested', () => {
    const call = Call.single(envelope());
    call.begin(1, 1);
    call.end(answerOf(401));
    call.restartWindow();
    expect(call.windowStartedAt).toBeUndefined();
    call.begin(2, 2);
    call.end(answerOf(500));
    call.restartWindow();
    expect(call.windowStartedAt).toBe(2);
  });

  it('is too late once either clock says that four hours are over', () => {
    const call = Call.single(envelope());
    expect(call.isTooLate(9 * FOUR_HOURS, 9 * FOUR_HOURS)).toBe(false);
    call.begin(1_000, 10);
    expect(call.startedAt).toBe(10);
    expect(call.isTooLate(1_000 + FOUR_HOURS - 1, 10 + FOUR_HOURS - 1)).toBe(false);
    expect(call.isTooLate(1_000 + FOUR_HOURS, 10)).toBe(true);
    expect(call.isTooLate(-FOUR_HOURS, 10 + FOUR_HOURS)).toBe(true);
    call.restartWindow();
    expect(call.isTooLate(1_000 + FOUR_HOURS, 10 + FOUR_HOURS)).toBe(false);
  });

  it('of an event that was sent before it was accepted knows only the time of that on the system’s clock', () => {
    const call = Call.single(envelope({ windowStartedAt: 1_000 }));
    expect(call.isTooLate(1_000 + FOUR_HOURS - 1, 9 * FOUR_HOURS)).toBe(false);
    expect(call.isTooLate(1_000 + FOUR_HOURS, 0)).toBe(true);
  });

  it('reports the bulk id of events that went in bulk', () => {
    const call = bulk(2);
    call.begin(1, 1);
    expect(call.success()).toEqual({ attempts: 1, bulkRequestId: call.requestId });
    expect(Call.single(envelope()).success()).toEqual({ attempts: 0 });
  });

  it.each([
    [2, ['single 1', 'single 1']],
    [3, ['bulk 2', 'single 1']],
    [4, ['bulk 2', 'bulk 2']],
    [25, ['bulk 13', 'bulk 12']],
  ])('of %d events splits into %p', (events, expected) => {
    const call = bulk(events);
    const parts = call.split(nextId);
    expect(parts.map(({ kind, envelopes: { length } }) => `${kind} ${length}`)).toEqual(expected);
    expect(parts.flatMap(({ envelopes: part }) => part)).toEqual(call.envelopes);
  });

  it('splits into calls with ids that were never used, and singles under their events’ own', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 25 }), (events) => {
        const whole = bulk(events);
        const all: Call[] = [whole];
        for (const call of all) if (call.envelopes.length > 1) all.push(...call.split(nextId));
        expect(new Set(all.map(({ requestId }) => requestId)).size).toBe(2 * events - 1);
        const singles = all.filter(({ kind }) => kind === 'single');
        expect(singles.map(({ requestId }) => requestId).sort()).toEqual(
          whole.envelopes.map(({ requestId }) => requestId).sort(),
        );
        // 25, 13, 7, 4, 2, 1.
        expect(all.length).toBeLessThanOrEqual(49);
      }),
    );
  });

  it('hands its attempts on to the calls that it splits into', () => {
    const call = bulk(4);
    for (let count = 0; count < 3; count++) {
      call.begin(count, count);
      call.end(answerOf(400));
    }
    const [half] = call.split(nextId);
    half?.begin(10, 10);
    half?.end(answerOf(400));
    const [single] = half?.split(nextId) ?? [];
    expect(single).toMatchObject({ attempts: 0, attemptsOfEvents: 4, windowStartedAt: undefined });
    single?.begin(20, 20);
    expect(single?.success()).toEqual({ attempts: 5 });
  });

  it.each([2, 4])('hands on what it came to when %d events are split: no part begins anew', (events) => {
    const call = bulk(events);
    call.begin(0, 0);
    call.end(neverConnected);
    call.countedAttempts = 2;
    call.begin(1, 1);
    call.end(answerOf(413));
    const parts = call.split(nextId);
    expect(parts).toHaveLength(2);
    for (const part of parts) {
      expect(part).toMatchObject({ countedAttempts: 2, attempts: 0, attemptsOfEvents: 2, outcomeUnknown: false });
      expect(part.failure('shut down')).toMatchObject({ attempts: 2, status: 413, message: 'status 413' });
    }
  });

  it('is refused alone if others were let in since it was refused before', () => {
    const call = Call.single(envelope());
    const alone = [5, 5, 6, 6, 9, 9].map((goodAnswers) => call.isRefusedAlone(goodAnswers));
    expect(alone).toEqual([false, false, true, false, true, false]);
  });

  it('is not refused alone for what a call was that it was split from', () => {
    const call = bulk(2);
    call.isRefusedAlone(1);
    expect(call.split(nextId).map((part) => part.isRefusedAlone(2))).toEqual([false, false]);
  });

  it('holds its events for good', () => {
    const given = envelopes(3);
    const call = Call.bulk(given, nextId());
    const { json } = call;
    call.begin(1, 1);
    call.end(answerOf(500));
    expect(call.json).toBe(json);
  });
});
