import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LINGER, Scheduler, type SchedulerOptions } from '../../../lib/delivery/background/scheduler.js';
import { Call } from '../../../lib/delivery/call.js';
import { RequestIds } from '../../../lib/delivery/request-ids.js';
import { answerOf, envelope, envelopes, FakeGovernor, fakeLane } from '../../support/delivery-fakes.js';

const requestIds = new RequestIds();

function start(options: Partial<SchedulerOptions> = {}) {
  const governors = { single: new FakeGovernor(), bulk: new FakeGovernor() };
  const lanes = { single: fakeLane(governors.single), bulk: fakeLane(governors.bulk) };
  const scheduler = new Scheduler({ concurrency: 4, bulk: 'never', bulkAfter: 5_000, ...options }, lanes, requestIds);
  const begin = (call: Call, now = 0) => {
    scheduler.begin(call, now);
    call.begin(now, now);
  };
  const end = (call: Call, now = 0) => {
    call.end(answerOf(500));
    scheduler.end(call, now);
  };
  /** Begins all that may begin now. */
  const beginAll = (now = 0) => {
    const begun: Call[] = [];
    for (let next = scheduler.next(now); typeof next !== 'number'; next = scheduler.next(now)) {
      begin(next, now);
      begun.push(next);
    }
    return begun;
  };
  /** New events that have waited for others long enough. */
  const addFresh = (count: number) => {
    const fresh = envelopes(count);
    for (const one of fresh) scheduler.add(one, -LINGER);
    return fresh;
  };
  return { scheduler, governors, begin, end, beginAll, addFresh };
}

/** A call that was sent once, as it stands when it waits to be sent again. */
function sentOnce(kind: Call['kind'] = 'single'): Call {
  const call = kind === 'single' ? Call.single(envelope()) : Call.bulk(envelopes(2), requestIds.next());
  call.begin(0, 0);
  call.end(answerOf(500));
  return call;
}

describe('the scheduler', () => {
  it('has nothing to wait for when there is nothing', () => {
    const { scheduler } = start();
    expect(scheduler.next(0)).toBe(Infinity);
    expect(scheduler.takeOldest()).toBeUndefined();
  });

  it('waits a moment with new events, from the first of them on, but not when it drains', () => {
    const { scheduler } = start();
    scheduler.add(envelope(), 100);
    scheduler.add(envelope(), 100 + LINGER - 1);
    expect(scheduler.next(100)).toBe(LINGER);
    expect(scheduler.next(100 + LINGER - 1)).toBe(1);
    expect(scheduler.next(100 + LINGER)).toMatchObject({ kind: 'single' });
    expect(scheduler.next(100 + LINGER)).toMatchObject({ kind: 'single' });
    scheduler.add(envelope(), 200);
    expect(scheduler.next(200)).toBe(LINGER);
    scheduler.drain(200);
    expect(scheduler.next(200)).toMatchObject({ kind: 'single' });
  });

  it('sends new events one by one in their order, each under its own id', () => {
    const { addFresh, beginAll } = start();
    const fresh = addFresh(3);
    expect(beginAll().map(({ kind, requestId }) => ({ kind, requestId }))).toEqual(
      fresh.map(({ requestId }) => ({ kind: 'single', requestId })),
    );
  });

  it('has no more calls under way than concurrency says', () => {
    const { addFresh, beginAll, scheduler, end } = start({ concurrency: 2 });
    addFresh(5);
    const [first, second] = beginAll();
    expect(beginAll()).toEqual([]);
    expect(scheduler.next(0)).toBe(Infinity);
    if (first) end(first);
    expect(beginAll()).toHaveLength(1);
    if (second) end(second);
    expect(beginAll()).toHaveLength(1);
  });

  it('sends what is due again before new events, at most in half of the room', () => {
    const { scheduler, addFresh, beginAll, end } = start({ concurrency: 4 });
    addFresh(6);
    const waiting = Array.from({ length: 6 }, () => sentOnce());
    waiting.forEach((call, index) => scheduler.wait(call, index));
    const begun = beginAll(100);
    expect(begun.map(({ attempts }) => attempts)).toEqual([2, 2, 1, 1]);
    expect(begun.slice(0, 2)).toEqual(waiting.slice(0, 2));
    if (begun[0]) end(begun[0]);
    expect(beginAll(100)).toEqual([waiting[2]]);
  });

  it.each([1, 2, 3])('leaves one place for re-attempts with a concurrency of %d', (concurrency) => {
    const { scheduler, addFresh, beginAll } = start({ concurrency });
    addFresh(6);
    for (let count = 0; count < 3; count++) scheduler.wait(sentOnce(), 0);
    expect(beginAll().filter(({ attempts }) => attempts > 1)).toHaveLength(1);
  });

  it('gives re-attempts all of the room when there are no new events', () => {
    const { scheduler, beginAll } = start({ concurrency: 4 });
    for (let count = 0; count < 6; count++) scheduler.wait(sentOnce(), 0);
    expect(beginAll()).toHaveLength(4);
  });

  it('waits for the first of what is due and what is allowed', () => {
    const { scheduler, governors, addFresh } = start();
    scheduler.wait(sentOnce(), 300);
    scheduler.wait(sentOnce('bulk'), 200);
    expect(scheduler.next(50)).toBe(150);
    governors.bulk.openAt = 260;
    expect(scheduler.next(50)).toBe(210);
    governors.bulk.openAt = 1_000;
    expect(scheduler.next(50)).toBe(250);
    addFresh(1);
    governors.single.openAt = 70;
    expect(scheduler.next(50)).toBe(20);
    governors.single.openAt = 500;
    expect(scheduler.next(350)).toBe(150);
  });

  it('sends an event that may have been ingested alone and under its own id, whatever bulk says', () => {
    const { scheduler, addFresh, beginAll } = start({ bulk: 'always' });
    addFresh(2);
    const doubtful = envelope({ windowStartedAt: 1 });
    scheduler.add(doubtful, 0);
    const [alone, chunk] = beginAll();
    expect(alone).toMatchObject({ kind: 'single', requestId: doubtful.requestId, envelopes: [doubtful] });
    expect(chunk?.envelopes).toHaveLength(2);
  });

  it('paces each kind of call by its own quota, and tells it of each answer', () => {
    const { scheduler, governors, begin, end } = start();
    const [single, bulk] = [sentOnce(), sentOnce('bulk')];
    begin(single, 5);
    begin(bulk, 6);
    end(bulk, 7);
    end(single, 8);
    expect([governors.single, governors.bulk].map(({ started }) => started)).toEqual([1, 1]);
    expect([governors.single, governors.bulk].map(({ answers }) => answers.length)).toEqual([1, 1]);
    scheduler.wait(single, 0);
    scheduler.wait(bulk, 0);
    governors.single.openAt = 100;
    expect(scheduler.next(10)).toBe(bulk);
    expect(scheduler.next(10)).toBe(90);
    expect(scheduler.next(100)).toBe(single);
  });

  it.each([
    ['never', 'single', 1],
    ['backlog', 'single', 1],
    ['always', 'bulk', 3],
  ] as const)('probes with a new event while fewer than eight calls wait (bulk: %s)', (bulk, kind, events) => {
    const { scheduler, addFresh, governors } = start({ bulk, concurrency: 20 });
    governors.single.capacity = 0;
    addFresh(3);
    const waiting = Array.from({ length: 7 }, () => sentOnce());
    for (const call of waiting) scheduler.wait(call, 0);
    const probe = scheduler.next(0, true);
    expect(probe).toMatchObject({ kind, attempts: 0 });
    expect((probe as Call).envelopes).toHaveLength(events);
    addFresh(1);
    scheduler.wait(sentOnce(), 5);
    expect(scheduler.next(9, true)).toBe(waiting[0]);
  });

  it('probes with what is due first when eight calls wait, even if it must wait for it', () => {
    const { scheduler, addFresh } = start();
    addFresh(30);
    for (let count = 0; count < 8; count++) scheduler.wait(sentOnce(), 100 + count);
    expect(scheduler.next(0, true)).toBe(100);
    expect(scheduler.next(100, true)).toMatchObject({ attempts: 1 });
  });

  it('probes with no chunk where the single quota is used up (bulk: backlog)', () => {
    const { scheduler, addFresh, governors } = start({ bulk: 'backlog' });
    governors.single.capacity = 0;
    governors.single.openAt = 40;
    addFresh(30);
    expect(scheduler.next(0, true)).toBe(40);
    expect(scheduler.next(40, true)).toMatchObject({ kind: 'single' });
  });

  it('probes with calls that failed before, however many of them are under way', () => {
    const { scheduler, addFresh, begin } = start();
    for (let count = 0; count < 2; count++) begin(sentOnce());
    addFresh(30);
    const waiting = Array.from({ length: 8 }, () => sentOnce());
    for (const call of waiting) scheduler.wait(call, 0);
    expect(scheduler.next(0, true)).toBe(waiting[0]);
  });

  it('does not wait for company with the event to probe with, but for the quota', () => {
    const { scheduler, governors } = start();
    scheduler.add(envelope(), 0);
    governors.single.openAt = 30;
    expect(scheduler.next(20, true)).toBe(10);
    governors.single.openAt = 0;
    scheduler.add(envelope(), 20);
    expect(scheduler.next(20, true)).toMatchObject({ kind: 'single' });
  });

  it('gives up the oldest first: what waits for a re-attempt, then new events in their order', () => {
    const { scheduler, addFresh } = start();
    const fresh = addFresh(2);
    const [later, sooner, bulk] = [sentOnce(), sentOnce(), sentOnce('bulk')];
    scheduler.wait(later, 900);
    scheduler.wait(sooner, 100);
    scheduler.wait(bulk, 50);
    const order = Array.from({ length: 5 }, () => scheduler.takeOldest());
    expect(order.slice(0, 3)).toEqual([later, sooner, bulk]);
    expect(order.slice(3).map((call) => call?.requestId)).toEqual(fresh.map(({ requestId }) => requestId));
    expect(scheduler.takeOldest()).toBeUndefined();
    expect(scheduler.next(0)).toBe(Infinity);
  });

  it('does not take an event for the oldest because it was sent before it was accepted', () => {
    const { scheduler } = start();
    const oldest = envelope({ acceptedAt: 1 });
    scheduler.add(oldest, 0);
    scheduler.add(envelope({ acceptedAt: 2, windowStartedAt: 0 }), 0);
    expect(scheduler.takeOldest()?.requestId).toBe(oldest.requestId);
  });

  it('goes on as fast as the quota allows when it drains', () => {
    const { scheduler, governors } = start();
    const [soon, asked] = [sentOnce(), sentOnce()];
    scheduler.wait(soon, 5_000);
    scheduler.wait(asked, 5_000, 3_000);
    scheduler.drain(100);
    expect([governors.single.isSpreading, governors.bulk.isSpreading]).toEqual([false, false]);
    expect(scheduler.next(100)).toBe(soon);
    expect(scheduler.next(100)).toBe(2_900);
  });

  it('keeps healthy events going, however many others fail again and again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 8 }), fc.integer({ min: 1, max: 30 }), (concurrency, failing) => {
        const { scheduler, addFresh, beginAll, end } = start({ concurrency });
        const poison = new Set(Array.from({ length: failing }, () => sentOnce()));
        for (const call of poison) scheduler.wait(call, 0);
        addFresh(20);
        let delivered = 0;
        for (let round = 0; round < 20; round++) {
          for (const call of beginAll()) {
            end(call);
            if (poison.has(call)) scheduler.wait(call, 0);
            else delivered++;
          }
        }
        expect(delivered).toBe(20);
      }),
    );
  });
});
