import { expect, it } from '@jest/globals';
import { HoldLease } from '../../../lib/bullmq/worker/hold-lease.js';
import type { CallQueue } from '../../../lib/bullmq/calls/call-queue.js';
import { describeWithRedis, useBullMqTracking } from '../support/bullmq-tracking.js';
import { until } from '../support/until.js';

const LONG = 60_000;

describeWithRedis('the right to hold back a queue', () => {
  const test = useBullMqTracking();

  const key = (name: string): string => test.current.queue().toKey(name);
  const newLease = (): HoldLease => new HoldLease({ key } as unknown as CallQueue, test.current.redis);

  /** What stands in Redis: who has the right, and what BullMQ takes for the starts of this window. */
  const stored = () => test.current.redis.mget(key('hold'), key('limiter'));
  const timesLeft = () => Promise.all([key('hold'), key('limiter')].map((name) => test.current.redis.pttl(name)));

  it('is taken for a time, and lets no job start', async () => {
    await expect(newLease().take(LONG)).resolves.toBe(true);
    const [owner, starts] = await stored();
    expect(owner).toMatch(/^[0-9a-f-]{36}$/);
    expect(Number(starts)).toBe(Number.MAX_SAFE_INTEGER);
    const [ofOwner = 0, ofStarts = 0] = await timesLeft();
    // A moment passes between the two questions.
    expect(Math.abs(ofStarts - ofOwner)).toBeLessThan(1_000);
    expect(ofOwner).toBeGreaterThan(0);
    expect(ofOwner).toBeLessThanOrEqual(LONG);
    await expect(test.current.queue().getRateLimitTtl(1_000_000)).resolves.toBeGreaterThan(0);
  });

  it('is taken though a window of the quota is under way', async () => {
    await test.current.redis.set(key('limiter'), '3', 'PX', 1_000);
    await expect(newLease().take(LONG)).resolves.toBe(true);
    expect((await stored())[1]).toBe(String(Number.MAX_SAFE_INTEGER));
  });

  it('is one process alone: no other one takes, keeps or leaves it', async () => {
    const [first, second] = [newLease(), newLease()];
    await first.take(LONG);
    const before = await stored();
    await expect(second.take(2 * LONG)).resolves.toBe(false);
    await expect(second.keep(2 * LONG)).resolves.toBe(false);
    await expect(second.leave()).resolves.toBe(false);
    await expect(first.take(2 * LONG)).resolves.toBe(false);
    expect(await stored()).toEqual(before);
    expect(Math.max(...(await timesLeft()))).toBeLessThanOrEqual(LONG);
  });

  it('goes to one of those who want it at one time', async () => {
    const taken = await Promise.all(Array.from({ length: 20 }, () => newLease().take(LONG)));
    expect(taken.filter((isTaken) => isTaken)).toHaveLength(1);
  });

  it('is kept for longer, both in one', async () => {
    const lease = newLease();
    await lease.take(1_000);
    const before = await stored();
    await expect(lease.keep(LONG)).resolves.toBe(true);
    expect(await stored()).toEqual(before);
    expect(Math.min(...(await timesLeft()))).toBeGreaterThan(1_000);
  });

  it('is left to the others, both in one', async () => {
    const [first, second] = [newLease(), newLease()];
    await first.take(LONG);
    await expect(first.leave()).resolves.toBe(true);
    expect(await stored()).toEqual([null, null]);
    await expect(first.leave()).resolves.toBe(false);
    await expect(second.take(LONG)).resolves.toBe(true);
  });

  it('runs out, and leaves nothing to who had it', async () => {
    const lease = newLease();
    await lease.take(20.5);
    await until('it ran out', async () => (await stored()).every((value) => value === null));
    await test.current.redis.set(key('limiter'), '3', 'PX', LONG);
    await expect(lease.keep(LONG)).resolves.toBe(false);
    await expect(lease.leave()).resolves.toBe(false);
    expect(await stored()).toEqual([null, '3']);
  });
});
