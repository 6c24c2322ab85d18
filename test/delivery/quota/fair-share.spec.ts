import { describe, expect, it } from '@jest/globals';
import { FairShare } from '../../../lib/delivery/quota/fair-share.js';
import type { QuotaAnswer, QuotaGovernor } from '../../../lib/delivery/quota/quota-governor.js';
import { call, governorOf, INTERVAL } from './governor-calls.js';

describe('the share of a process', () => {
  const told = (remaining: number): QuotaAnswer => ({ status: 201, rateLimit: { limit: 100, remaining } });
  /** About what the share is. */
  const share = (governor: QuotaGovernor, now: number) => governor.capacityWithin(now, INTERVAL);

  it('is all the quota as long as nobody else is seen', () => {
    const governor = governorOf(100);
    call(governor, 0, told(99));
    expect(share(governor, 0)).toBe(100);
  });

  it('makes way for others at once, and leaves some headroom', () => {
    const governor = governorOf(100);
    call(governor, 0, told(59));
    // 40 are others', and 60 − 1 are shared as 100 : 5 between this process and the headroom.
    expect(share(governor, 0)).toBe(Math.ceil(59 / 1.05));
  });

  it('leaves others that hardly call no more headroom than they use', () => {
    const governor = governorOf(100);
    call(governor, 0, told(98));
    expect(share(governor, 0)).toBe(98);
  });

  it('is never nothing', () => {
    const governor = governorOf(100);
    call(governor, 0, told(0));
    expect(share(governor, 0)).toBe(2);
  });

  it('is all the quota again soon after others have left', () => {
    const governor = governorOf(100);
    call(governor, 0, told(50));
    for (let now = 100; now < 3 * INTERVAL; now += 100) call(governor, now, told(100 - 1));
    expect(share(governor, 3 * INTERVAL)).toBe(100);
  });

  it('is all the quota after a long rest: what was seen long ago says nothing', () => {
    const governor = governorOf(100);
    call(governor, 0, told(0));
    expect(share(governor, 20 * INTERVAL)).toBe(100);
  });

  it('is not made smaller by a stray refusal that does not say what is left, where others do', () => {
    const governor = governorOf(100);
    call(governor, 0, told(99));
    call(governor, 10, { status: 429 });
    expect(share(governor, INTERVAL)).toBe(100);
  });

  it('is made smaller by a refusal where no answer ever says what is left', () => {
    const governor = governorOf(100);
    call(governor, 0, { status: 429 });
    expect(share(governor, INTERVAL)).toBeLessThan(50);
  });

  it('is not made smaller by calls of its own that have ended since', () => {
    const governor = governorOf(100);
    const answers = Array.from({ length: 30 }, (_, index) => told(99 - index));
    answers.forEach((_, index) => governor.start(index * 10));
    answers.reverse().forEach((answer) => governor.end(400, answer));
    expect(share(governor, 400)).toBe(100);
  });
});

describe('the rise of the share', () => {
  it('takes more of what it lacks with each interval in which nobody had to be made way for', () => {
    const share = new FairShare(100, INTERVAL);
    share.advance(0, 100);
    share.observe(20, 100);
    const target = 60 / 1.05;
    for (let interval = 1; interval < 40; interval++) {
      share.advance(interval * INTERVAL, 100);
      share.observe(61, 100);
      const before = share.calls;
      share.advance((interval + 1) * INTERVAL, 100);
      // The room of 20 is remembered for two intervals.
      const part = interval === 1 ? 0 : Math.min(1, 0.04 * (interval + 1));
      expect(share.calls).toBeCloseTo(before + part * (target - before));
    }
    expect(share.calls).toBe(target);
  });

  it('begins slowly again after others had to be made way for', () => {
    const share = new FairShare(100, INTERVAL);
    share.advance(0, 100);
    for (let interval = 1; interval < 40; interval++) {
      share.observe(61, 100);
      share.advance(interval * INTERVAL, 100);
    }
    share.observe(41, 100);
    for (let interval = 40; interval < 43; interval++) {
      share.advance(interval * INTERVAL, 100);
      share.observe(61, 100);
    }
    const [from, to] = [40 / 1.05, 60 / 1.05];
    expect(share.calls).toBeCloseTo(from + 0.12 * (to - from));
  });

  it('does not take an answer that tells nothing for being alone', () => {
    const share = new FairShare(100, INTERVAL);
    share.advance(0, 100);
    share.observe(50, 100);
    share.advance(3 * INTERVAL, 100);
    expect(share.calls).toBeLessThan(60);
  });
});
