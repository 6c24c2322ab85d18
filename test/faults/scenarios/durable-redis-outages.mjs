import { setTimeout as pause } from 'node:timers/promises';
import { withDurableSetup } from '../support/durable-setup.mjs';
import { Verdict } from '../support/verdict.mjs';
import { durableRow, holdDurablePromises } from './durable-promises.mjs';

const WORKERS = 2;
const COUNT = 20_000;
const COUNT_WHEN_QUICK = 10_000;
/** Milliseconds. */
const FEED_FOR = 20_000;
const FEED_FOR_WHEN_QUICK = 10_000;
/** 700 calls a second: fewer than are tracked, so that many are stored when Redis dies. */
const QUOTA = { single: 42_700, interval: 60_000 };
const MIN_STORED = 500;
const OUTAGES_AT = [3_000, 8_000];
const OUTAGE = 2_000;
/** Shorter than an outage, so that `track()` rejects. */
const ENQUEUE_TIMEOUT = 500;
/** A worker that lost Redis in the middle of a call leaves the call stalled. */
const LOCK_DURATION = 5_000;
const STALLED_INTERVAL = 5_000;
const PATIENCE = 60_000;
const MAX_LOG_LINES = 30;

export const durableRedisOutages = [
  { name: 'durable, Redis crashes, reject', whenUnavailable: 'reject' },
  { name: 'durable, Redis crashes, memory', whenUnavailable: 'memory' },
].map(({ name, whenUnavailable }) => ({ name, run: (settings) => runRedisOutages(whenUnavailable, settings) }));

/** Redis is killed twice and started again with what is on its disk, while events come at a steady pace. */
function runRedisOutages(whenUnavailable, settings) {
  const count = settings.quick ? COUNT_WHEN_QUICK : COUNT;
  const feedFor = settings.quick ? FEED_FOR_WHEN_QUICK : FEED_FOR;
  const delivery = {
    whenUnavailable,
    quota: QUOTA,
    enqueueTimeout: ENQUEUE_TIMEOUT,
    lockDuration: LOCK_DURATION,
    stalledInterval: STALLED_INTERVAL,
  };
  const plan = { workers: WORKERS, delivery, redis: { appendfsync: 'always' } };
  return withDurableSetup(plan, settings, async (setup) => {
    await setup.produce(count, feedFor);
    const beganAt = Date.now();
    const storedThen = [];
    let backAt;
    for (const outageAt of OUTAGES_AT) {
      await pause(beganAt + outageAt - Date.now());
      storedThen.push(await setup.countOpen());
      await setup.redis.kill();
      await pause(OUTAGE);
      await setup.redis.start();
      backAt = Date.now();
    }
    await setup.untilStored();
    const { at: doneAt, failed, open } = await setup.untilDelivered(PATIENCE);
    const outcome = await setup.finish();

    const verdict = new Verdict();
    holdDurablePromises(verdict, { setup, outcome, count, failed, maxLogLines: MAX_LOG_LINES, ...settings });
    verdict.measure(
      Math.min(...storedThen) >= MIN_STORED,
      `only ${storedThen.join(' and ')} were stored when Redis died`,
    );
    verdict.none(open, 'events are still to be delivered');
    const { accepted, rejected } = outcome.producer.report;
    if (whenUnavailable === 'reject') verdict.hold(rejected.length > 0, 'no event was rejected');
    else verdict.hold(accepted.length > 0 && rejected.length === 0, `${rejected.length} events were rejected`);
    const measured = [`Redis died with ${storedThen.join(' and ')} stored`, ...measure(outcome, doneAt - backAt)];
    return { row: durableRow({ setup, outcome, failed, measured }), verdict };
  });
}

function measure({ producer, seen }, doneAfter) {
  const { durable, accepted, rejected } = producer.report;
  const arrived = new Set(seen.ingested.map(({ marker }) => marker));
  return [
    `${durable.length} durable`,
    `${accepted.length} in memory`,
    `${rejected.length} rejected`,
    `of those ${rejected.filter(({ marker }) => arrived.has(marker)).length} arrived all the same`,
    `all delivered ${(doneAfter / 1000).toFixed(1)} s after the last outage`,
  ];
}
