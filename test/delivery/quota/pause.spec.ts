import { describe, expect, it } from '@jest/globals';
import type { QuotaGovernor } from '../../../lib/delivery/quota/quota-governor.js';
import { call, governorOf, QUEUED, REFUSED, startAll, unspread } from './governor-calls.js';

describe('a pause', () => {
  /** Refuses the next call; returns for how long nothing may start then. */
  function pauseAfterRefusal(governor: QuotaGovernor, now: number, answer = REFUSED): number {
    governor.start(now);
    governor.end(now, answer);
    return governor.waitTime(now);
  }

  it('follows a refusal, and doubles up to the interval while refusals go on', () => {
    const governor = unspread(1_000);
    let now = 0;
    const pauses = [1, 2, 3, 4, 5, 6].map(() => {
      const pause = pauseAfterRefusal(governor, now);
      now += pause;
      return pause;
    });
    expect(pauses).toEqual([125, 250, 500, 1_000, 1_000, 1_000]);
  });

  it('is short again after one call that was let through', () => {
    const governor = unspread(1_000);
    pauseAfterRefusal(governor, 0);
    pauseAfterRefusal(governor, 125);
    call(governor, 375, { status: 400 });
    expect(pauseAfterRefusal(governor, 375)).toBe(125);
  });

  it('is not made short by an error of the server or by no answer', () => {
    const governor = unspread(1_000);
    pauseAfterRefusal(governor, 0);
    call(governor, 125, { status: 503 });
    call(governor, 125, { status: undefined });
    expect(pauseAfterRefusal(governor, 125)).toBe(250);
  });

  it('is one for all the calls that were under way', () => {
    const governor = unspread(1_000);
    for (let calls = 0; calls < 5; calls++) governor.start(0);
    for (let calls = 0; calls < 4; calls++) governor.end(10, REFUSED);
    // Sent before the refusals, it says nothing of the time since.
    governor.end(10, QUEUED);
    expect(governor.waitTime(10)).toBe(125);
    expect(pauseAfterRefusal(governor, 135)).toBe(250);
  });

  it('lasts as long as Retry-After says', () => {
    const governor = unspread(1_000);
    expect(pauseAfterRefusal(governor, 0, { status: 429, retryAfter: 30_000 })).toBe(30_000);
  });

  it('lasts as long as the longest Retry-After of the calls that were under way', () => {
    const governor = unspread(1_000);
    for (let calls = 0; calls < 3; calls++) governor.start(0);
    [2_000, 7_000, 3_000].forEach((retryAfter) => governor.end(0, { status: 429, retryAfter }));
    expect(governor.waitTime(0)).toBe(7_000);
  });

  it.each([0, -1, NaN, Infinity])('does not hang on a Retry-After of %p', (retryAfter) => {
    expect(pauseAfterRefusal(unspread(1_000), 0, { status: 429, retryAfter })).toBe(125);
  });

  it('follows no other answer: what its Retry-After means is for the caller to say', () => {
    expect(pauseAfterRefusal(unspread(1_000), 0, { status: 503, retryAfter: 30_000 })).toBe(0);
  });

  it('can be asked for, and is never shortened', () => {
    const governor = unspread(10);
    governor.pause(500);
    governor.pause(200);
    governor.pause(NaN);
    governor.pause(Infinity);
    expect(governor.waitTime(0)).toBe(500);
    expect(governor.waitTime(500)).toBe(0);
  });

  it('ends with one call, not with all that could be caught up', () => {
    const governor = governorOf(1_000);
    governor.pause(5_000);
    expect(startAll(governor, 5_000)).toBe(1);
    expect(governor.waitTime(5_000)).toBeCloseTo(1);
  });
});
