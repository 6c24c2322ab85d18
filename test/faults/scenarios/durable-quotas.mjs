import { setTimeout as pause } from 'node:timers/promises';
import { withDurableSetup } from '../support/durable-setup.mjs';
import { Verdict } from '../support/verdict.mjs';
import { durableRow, holdDurablePromises } from './durable-promises.mjs';
import { callsWithin } from './measure-quota.mjs';

/** WebEngage's own, and the delivery's default. */
const QUOTA = { single: 5_000, bulk: 500, interval: 60_000 };
const WORKERS = 4;
const PERIOD = 90_000;
const PERIOD_WHEN_QUICK = 70_000;
/** The first workers are at work before the last. */
const BEGINNING = 1_000;
/** Of the quota, in every interval of its length. */
const MIN_USED = 0.95;
const MAX_LOG_LINES = 10;

export const durableQuotas = [
  { name: 'durable, overload', kind: 'single', bulk: 'never', count: 10_000 },
  { name: 'durable, overload, always bulk', kind: 'bulk', bulk: 'always', count: 25_000 },
].map(({ name, ...scenario }) => ({ name, run: (settings) => runQuota(scenario, settings) }));

/** Four workers share an account for a minute and a half; more is stored than its quota lets through. */
function runQuota({ kind, bulk, count }, settings) {
  const period = settings.quick ? PERIOD_WHEN_QUICK : PERIOD;
  const plan = { delivery: { bulk, quota: QUOTA, maxPending: count }, slidingQuota: QUOTA };
  return withDurableSetup(plan, settings, async (setup) => {
    await setup.produce(count, 0);
    await setup.untilStored();
    await setup.startWorkers(WORKERS);
    await pause(BEGINNING + period);
    const outcome = await setup.finish();
    const { failed, open } = await setup.untilDelivered(0);

    const verdict = new Verdict();
    holdDurablePromises(verdict, { setup, outcome, count, failed, open, maxLogLines: MAX_LOG_LINES, ...settings });
    const { calls } = outcome.seen;
    const { most, least, mean } = callsWithin(timesOf(calls), QUOTA.interval, BEGINNING);
    const refused = calls.filter(({ status }) => status === 429).length;
    verdict.hold(refused === 0, `${refused} calls were beyond the quota`);
    verdict.hold(most <= QUOTA[kind], `${most} calls within 60 s`);
    verdict.hold(open.length > 0, 'there was nothing left to do');
    verdict.measure(least >= MIN_USED * QUOTA[kind], `only ${least} calls within 60 s`);
    const share = ((100 * mean) / QUOTA[kind]).toFixed(1);
    const measured = [
      `calls within 60 s: ${least} to ${most}, ${mean.toFixed(0)} on average`,
      `${share} % of the quota`,
    ];
    return { row: durableRow({ setup, outcome, failed, measured: [...measured, `429: ${refused}`] }), verdict };
  });
}

function timesOf(calls) {
  return calls.map(({ at }) => at).sort((one, other) => one - other);
}
