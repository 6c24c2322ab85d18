import { describe, expect, it } from '@jest/globals';
import { LINGER } from '../../../lib/delivery/background/scheduler.js';
import type { BulkPolicy } from '../../../lib/webengage.options.js';
import type { Answer } from '../../../lib/http/answer.js';
import { answerOf, envelopes, neverConnected } from '../../support/delivery-fakes.js';
import { seededRandom } from '../quota/seeded-random.js';
import { startWorkbench, type Workbench } from './workbench.js';

const HOUR = 3_600_000;
const BACKLOG = 1_000;
const CONCURRENCY = 16;
/** Of the five failures that show the host to be down, each but the last makes room for another call. */
const MORE_UNTIL_HELD = 4;
const retry = { maxAttempts: 10, minDelay: 250, maxDelay: 30_000 };
const good = answerOf(201);
const unanswered = answerOf(undefined);

/** How many events one call may hold. */
const policies: [bulk: BulkPolicy, most: number][] = [
  ['never', 1],
  ['backlog', 25],
  ['always', 25],
];

/** Answers every call after so many milliseconds, until the time is over or nothing is pending. */
async function live(bench: Workbench, until: number, answer: Answer, milliseconds: number): Promise<void> {
  const { clock, sender, ledger } = bench;
  while (clock.elapsed() < until && ledger.pending > 0) {
    if (sender.open.length > 0) {
      clock.advance(milliseconds);
      await bench.answerAll(answer);
    } else clock.advance(Math.min(clock.nextTimerIn, until - clock.elapsed()));
  }
}

/** Six hours without the host, with a full backlog; then it is back. */
async function outage(bulk: BulkPolicy, answer: Answer, milliseconds: number): Promise<Workbench> {
  const random = seededRandom(7);
  const bench = startWorkbench({ bulk, concurrency: CONCURRENCY, maxPending: BACKLOG, retry, random });
  bench.governors.single.capacity = 100;
  bench.delivery.accept(envelopes(BACKLOG));
  bench.clock.advance(LINGER);
  await live(bench, 6 * HOUR, answer, milliseconds);
  await live(bench, 7 * HOUR, good, 5);
  expect(bench.ledger.pending).toBe(0);
  expect(bench.clock.timersSet).toBe(0);
  return bench;
}

describe.each(policies)('an outage of six hours with a full backlog (bulk: %s)', (bulk, most) => {
  it('that refuses connections loses nothing', async () => {
    const { ledger, failed, log } = await outage(bulk, neverConnected, 1);
    expect(failed).toEqual([]);
    expect(ledger.stats()).toMatchObject({ accepted: BACKLOG, delivered: BACKLOG, failed: 0 });
    expect(log.lines.map((line) => line.replace(/:.*/, ''))).toEqual(['error', 'log']);
  });

  it('that lets calls time out loses at most those that were tried in its first hours', async () => {
    const { ledger, failed } = await outage(bulk, unanswered, 10_000);
    expect(new Set(failed.map(({ reason }) => reason))).toEqual(new Set(['idempotency window over']));
    expect(failed.filter(({ attempts, outcomeUnknown }) => attempts === 0 || !outcomeUnknown)).toEqual([]);
    expect(failed.length).toBeLessThanOrEqual((CONCURRENCY + MORE_UNTIL_HELD) * most);
    expect(ledger.stats()).toMatchObject({ delivered: BACKLOG - failed.length, failed: failed.length });
  });
});
