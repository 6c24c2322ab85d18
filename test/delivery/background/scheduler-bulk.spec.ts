import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LINGER, Scheduler } from '../../../lib/delivery/background/scheduler.js';
import type { Call } from '../../../lib/delivery/call.js';
import type { Envelope } from '../../../lib/delivery/envelope.js';
import { RequestIds } from '../../../lib/delivery/request-ids.js';
import type { BulkPolicy } from '../../../lib/webengage.options.js';
import { envelope, envelopes, FakeGovernor, fakeLane } from '../../support/delivery-fakes.js';

const MEBIBYTE = 1_048_576;

/** A scheduler with so many new events, of so many bytes each; a backlog is more than three. */
function start(bulk: BulkPolicy, events: number | readonly number[]) {
  const governors = { single: new FakeGovernor(), bulk: new FakeGovernor() };
  governors.single.capacity = 3;
  const lanes = { single: fakeLane(governors.single), bulk: fakeLane(governors.bulk) };
  const scheduler = new Scheduler({ concurrency: 1_000, bulk, bulkAfter: 5_000 }, lanes, new RequestIds());
  const sizes = typeof events === 'number' ? Array.from({ length: events }, () => 10) : events;
  const fresh = sizes.map((bytes) => envelope({ bytes }));
  const add = (one: Envelope, now = 0) => scheduler.add(one, now - LINGER);
  for (const one of fresh) add(one);
  const all = (now = 0) => {
    const calls: Call[] = [];
    for (let next = scheduler.next(now); typeof next !== 'number'; next = scheduler.next(now)) {
      scheduler.begin(next, now);
      calls.push(next);
    }
    return calls;
  };
  return { scheduler, governors, fresh, add, all };
}

const shape = (calls: readonly Call[]) => calls.map(({ kind, envelopes: { length } }) => `${kind} ${length}`);

describe('the scheduler and bulk calls', () => {
  it('never: sends a backlog one by one, a quota that is used up or not', () => {
    const { all, governors, scheduler } = start('never', 30);
    governors.single.openAt = 40;
    expect(scheduler.next(0)).toBe(40);
    scheduler.drain(0);
    expect(new Set(shape(all(40)))).toEqual(new Set(['single 1']));
  });

  it('always: sends no new event by itself, and waits for the bulk quota', () => {
    const { add, all, governors, scheduler } = start('always', 53);
    governors.bulk.openAt = 70;
    expect(scheduler.next(0)).toBe(70);
    expect(shape(all(70))).toEqual(['bulk 25', 'bulk 25', 'bulk 3']);
    add(envelope(), 70);
    expect(shape(all(70))).toEqual(['bulk 1']);
  });

  it('backlog: sends in bulk what single calls cannot drain in time, and the rest one by one', () => {
    expect(shape(start('backlog', 3).all())).toEqual(['single 1', 'single 1', 'single 1']);
    expect(shape(start('backlog', 4).all())).toEqual(['bulk 4']);
    expect(shape(start('backlog', 28).all())).toEqual(['bulk 25', 'single 1', 'single 1', 'single 1']);
    expect(shape(start('backlog', 29).all())).toEqual(['bulk 25', 'bulk 4']);
  });

  it('backlog: uses both quotas when one of them is used up', () => {
    const { add, all, governors, scheduler } = start('backlog', 29);
    governors.bulk.spacing = 50;
    governors.single.spacing = 20;
    expect(shape(all())).toEqual(['bulk 25', 'single 1']);
    expect(scheduler.next(0)).toBe(20);
    governors.single.openAt = 80;
    add(envelope());
    expect(scheduler.next(0)).toBe(50);
  });

  it('backlog: sends all but a last single event in bulk when it drains', () => {
    const { add, all, scheduler } = start('backlog', 2);
    scheduler.drain(0);
    expect(shape(all())).toEqual(['bulk 2']);
    add(envelope());
    expect(shape(all())).toEqual(['single 1']);
  });

  it('cuts chunks at 25 events and at a mebibyte', () => {
    const half = MEBIBYTE / 2;
    expect(shape(start('always', [half, half, 1]).all())).toEqual(['bulk 2', 'bulk 1']);
    expect(shape(start('always', [half, half + 1, 1]).all())).toEqual(['bulk 1', 'bulk 2']);
    expect(shape(start('always', [1, MEBIBYTE, 1]).all())).toEqual(['bulk 1', 'bulk 1', 'bulk 1']);
  });

  it('sends an event that is larger than a chunk may be by itself', () => {
    expect(shape(start('always', [1, 5 * MEBIBYTE, 1]).all())).toEqual(['bulk 1', 'bulk 1', 'bulk 1']);
  });

  it('loses and repeats no event, and keeps their order', () => {
    const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 1, max: 2 * MEBIBYTE })), {
      maxLength: 200,
      size: 'max',
    });
    fc.assert(
      fc.property(fc.constantFrom<BulkPolicy[]>('always', 'backlog', 'never'), sizes, (bulk, given) => {
        const { fresh, all } = start(bulk, given);
        const calls = all();
        expect(calls.flatMap(({ envelopes: sent }) => sent)).toEqual(fresh);
        for (const { kind, envelopes: sent } of calls) {
          const bytes = sent.reduce((sum, one) => sum + one.bytes, 0);
          if (sent.length > 25 || (sent.length > 1 && bytes > MEBIBYTE)) throw new Error('Too large a chunk');
          if (kind === 'single' && sent.length !== 1) throw new Error('Not a single');
        }
        expect(new Set(calls.map(({ requestId }) => requestId)).size).toBe(calls.length);
      }),
    );
  });

  it('gives each chunk an id that none of its events has', () => {
    const { add, all } = start('always', 0);
    const given = envelopes(60);
    for (const one of given) add(one);
    const ids = all().map(({ requestId }) => requestId);
    expect(new Set([...ids, ...given.map(({ requestId }) => requestId)]).size).toBe(63);
  });
});
