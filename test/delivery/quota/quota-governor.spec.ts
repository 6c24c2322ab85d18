import { serialize } from 'node:v8';
import { describe, expect, it } from '@jest/globals';
import type { QuotaAnswer } from '../../../lib/delivery/quota/quota-governor.js';
import {
  call,
  expectReady,
  governorOf,
  INTERVAL,
  QUEUED,
  SLOT_FREE_AFTER,
  startAll,
  unspread,
} from './governor-calls.js';

describe('the slots of the quota', () => {
  it('are taken by calls under way, for as long as they take', () => {
    const governor = unspread(3);
    expect(startAll(governor, 0)).toBe(3);
    expect(governor.waitTime(0)).toBe(Infinity);
    expect(governor.waitTime(100 * INTERVAL)).toBe(Infinity);
  });

  it('are free again one interval and a guard after the end of a call, not after its start', () => {
    const governor = unspread(2);
    startAll(governor, 0);
    governor.end(700, QUEUED);
    expect(governor.waitTime(700)).toBe(SLOT_FREE_AFTER);
    governor.end(900, QUEUED);
    expect(governor.waitTime(900)).toBe(SLOT_FREE_AFTER - 200);
    expect(startAll(governor, 700 + SLOT_FREE_AFTER - 1)).toBe(0);
    expect(startAll(governor, 700 + SLOT_FREE_AFTER)).toBe(1);
    expect(startAll(governor, 900 + SLOT_FREE_AFTER)).toBe(1);
  });

  it('are never more than one where the limit is one', () => {
    const governor = governorOf(1);
    expect(startAll(governor, 0)).toBe(1);
    governor.end(10, QUEUED);
    expect(governor.waitTime(10)).toBe(SLOT_FREE_AFTER);
    expect(startAll(governor, 10 + SLOT_FREE_AFTER)).toBe(1);
  });

  it('are taken by a call that was refused or not answered as well', () => {
    const governor = unspread(2);
    startAll(governor, 0);
    governor.end(1, { status: undefined });
    governor.end(1, { status: 500 });
    expect(governor.waitTime(1)).toBe(SLOT_FREE_AFTER);
  });

  it('cost next to no memory, however many calls the quota allows', () => {
    const governor = governorOf(1e12, 60_000);
    for (let now = 0; now < 60_000; now += 0.3) {
      expectReady(governor, now);
      call(governor, now);
    }
    expect(serialize(governor).byteLength).toBeLessThan(65_536);
  });
});

describe('the pace', () => {
  it('spreads the quota over the interval', () => {
    const governor = governorOf(50);
    startAll(governor, 0);
    expect(governor.waitTime(0)).toBeCloseTo(INTERVAL / 50);
    for (let now = 20; now < INTERVAL; now += 20) expect(startAll(governor, now)).toBe(now < 980 ? 1 : 0);
  });

  it('catches up what was late, 2 % of the share, and one call at least', () => {
    const small = governorOf(50);
    expect(startAll(small, 0)).toBe(2);
    expect(startAll(small, INTERVAL / 2)).toBe(2);
    const large = governorOf(1_000);
    expect(startAll(large, 0)).toBe(21);
    expect(startAll(large, 5)).toBe(5);
  });

  it('delays no light traffic', () => {
    const governor = governorOf(100);
    for (let now = 0; now < 10 * INTERVAL; now += 25) {
      expectReady(governor, now);
      call(governor, now);
    }
  });

  it('is given up for the shutdown: all that the window allows goes at once', () => {
    const governor = governorOf(100);
    const before = startAll(governor, 0);
    governor.stopSpreading();
    expect(before + startAll(governor, 0)).toBe(100);
  });
});

describe('the limit that the server tells', () => {
  const telling = (limit: number): QuotaAnswer => ({ status: 201, rateLimit: { limit, remaining: limit } });

  it('is obeyed when it is lower, and followed up again', () => {
    const governor = unspread(10);
    call(governor, 0, telling(4));
    expect(startAll(governor, 0)).toBe(3);
    governor.end(1, telling(7));
    expect(startAll(governor, 1)).toBe(3);
    governor.end(2, telling(10));
    expect(startAll(governor, 2)).toBe(3);
  });

  it('slows the pace as well', () => {
    const governor = governorOf(100);
    call(governor, 0, telling(10));
    expect(startAll(governor, INTERVAL / 2)).toBe(2);
    expect(governor.waitTime(INTERVAL / 2)).toBeCloseTo(INTERVAL / 10);
  });

  it('never lifts the limit that is configured', () => {
    const governor = unspread(10);
    call(governor, 0, { status: 201, rateLimit: { limit: 5_000, remaining: 4_000 } });
    expect(startAll(governor, 0)).toBe(9);
  });

  it('lets others use what the configured limit leaves of it', () => {
    const governor = unspread(10);
    call(governor, 0, { status: 201, rateLimit: { limit: 5_000, remaining: 50 } });
    expect(startAll(governor, 0)).toBe(9);
    governor.end(1, { status: 201, rateLimit: { limit: 5_000, remaining: 0 } });
    expect(governor.waitTime(1)).toBe(SLOT_FREE_AFTER);
  });

  it.each([
    { limit: 0, remaining: 0 },
    { limit: -5, remaining: 1 },
    { limit: NaN, remaining: NaN },
    { limit: Infinity, remaining: 3 },
    { limit: 0.5, remaining: 0 },
    { limit: 10, remaining: 11 },
    { limit: 4, remaining: 11 },
    { limit: 10, remaining: -1 },
    { limit: 10, remaining: NaN },
    { remaining: 5_000 },
    {},
  ])('is not believed when it is nonsense: %p', (rateLimit) => {
    const governor = unspread(10);
    call(governor, 0, { status: 201, rateLimit });
    expect(startAll(governor, 0)).toBe(9);
    for (let ended = 0; ended < 9; ended++) governor.end(5, { status: 201, rateLimit });
    expect(startAll(governor, 5 + SLOT_FREE_AFTER)).toBe(10);
  });
});

describe('the capacity', () => {
  it('is what the pace allows', () => {
    const governor = governorOf(100);
    expect(governor.capacityWithin(0, 0)).toBe(3);
    expect(governor.capacityWithin(0, 100)).toBe(13);
    expect(governor.capacityWithin(0, INTERVAL)).toBe(100);
    expect(governor.capacityWithin(0, 10 * INTERVAL)).toBeCloseTo(1_000, -1);
  });

  it('is what the slots allow, once calls are not spread any more', () => {
    const governor = unspread(10);
    for (let calls = 0; calls < 6; calls++) call(governor, calls * 100);
    expect(governor.capacityWithin(500, 0)).toBe(4);
    expect(governor.capacityWithin(500, SLOT_FREE_AFTER - 500 + 200)).toBe(7);
    expect(governor.capacityWithin(500, INTERVAL)).toBe(10);
  });

  it('is nothing during a pause', () => {
    const governor = governorOf(100);
    governor.pause(500);
    expect(governor.capacityWithin(0, 499)).toBe(0);
    expect(governor.capacityWithin(0, 600)).toBe(11);
  });

  it('has no end where time has none', () => {
    expect(governorOf(100).capacityWithin(0, Infinity)).toBe(Infinity);
  });
});
