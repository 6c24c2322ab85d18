import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RedisLog } from '../../../lib/bullmq/redis/redis-log.js';
import type { CallQueue } from '../../../lib/bullmq/calls/call-queue.js';
import type { HoldLease } from '../../../lib/bullmq/worker/hold-lease.js';
import { type HoldCause, type ProbeResult, QueueHold } from '../../../lib/bullmq/worker/queue-hold.js';
import { quotaWindow } from '../../../lib/bullmq/worker/quota-window.js';
import { systemClock } from '../../../lib/delivery/clock.js';
import { DeliveryLog } from '../../../lib/delivery/delivery-log.js';
import { answerOf, silentLog } from '../../support/delivery-fakes.js';
import { EVENT, describeWithRedis, useBullMqTracking } from '../support/bullmq-tracking.js';
import { turnAway } from '../support/held-calls.js';
import { until } from '../support/until.js';

const TIMEOUT = 2_000;

/** Holds a queue until the probes have found what they should, on a clock that does not wait. */
async function hold(cause: HoldCause, found: HoldCause[], shortestPause: number, random: number) {
  const pauses: number[] = [];
  const leases: number[] = [];
  const results: ProbeResult[] = [...found, 'good'];
  let isLeft = false;
  const grant = (milliseconds: number) => Promise.resolve(leases.push(milliseconds) > 0);
  const leave = () => Promise.resolve((isLeft = true));
  const queueHold = new QueueHold(
    { promoteDelayed: () => Promise.resolve() } as unknown as CallQueue,
    { take: grant, keep: grant, leave } as unknown as HoldLease,
    () => Promise.resolve(results.shift() ?? 'good'),
    { minDelay: 5, maxDelay: 20, timeout: TIMEOUT, shortestPause },
    {
      clock: { ...systemClock, sleep: (milliseconds) => Promise.resolve(pauses.push(milliseconds)) },
      random: () => random,
      log: new DeliveryLog(silentLog),
    },
    new RedisLog(silentLog),
  );
  await queueHold.begin(cause);
  await until('the hold is over', () => isLeft);
  return { pauses, leases };
}

describe('the pauses of a hold', () => {
  const cause = fc.record({
    reason: fc.constantFrom('over quota' as const, 'access refused' as const, 'host down' as const),
    answer: fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: undefined }).map((retryAfter) => {
      return answerOf(429, retryAfter === undefined ? {} : { retryAfter });
    }),
  });

  it('are never shorter than the shortest one, nor than WebEngage asks, and the lease outlasts each', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(cause, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1_000, max: 30_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        async (causes, shortestPause, random) => {
          const [first, ...found] = causes as [HoldCause, ...HoldCause[]];
          const { pauses, leases } = await hold(first, found, shortestPause, random);
          expect(pauses).toHaveLength(causes.length);
          causes.forEach(({ answer: { retryAfter = 0 } }, index) => {
            const length = pauses[index] ?? 0;
            expect(length).toBeGreaterThanOrEqual(Math.max(shortestPause, retryAfter));
            expect(leases[index]).toBeGreaterThan(length + TIMEOUT);
          });
        },
      ),
      { numRuns: 100 },
    );
  });
});

describeWithRedis('with a quota of few and long windows', () => {
  const test = useBullMqTracking();

  it('a window passes before it is probed whether the quota is there again', async () => {
    const quota = { single: 5, bulk: 5, interval: 6_000 };
    const { duration } = quotaWindow(quota, 'single');
    expect(duration).toBeGreaterThan(1_000);
    const held = turnAway(test.current, { status: 429 });
    const { events, delivered } = await test.current.start({ quota });
    await events.track(EVENT);
    await until('it is probed', () => held.turnedAwayAt.length === 2);
    // A timer may ring a little before its time.
    expect(held.turnedAwayAt[1]).toBeGreaterThanOrEqual(duration - 5);
    held.letIn();
    await until('it arrived', () => delivered.length === 1);
  });
});
