import { setTimeout as pause } from 'node:timers/promises';
import { NO_QUOTA, withDurableSetup } from '../support/durable-setup.mjs';
import { Verdict } from '../support/verdict.mjs';
import { durableRow, holdDurablePromises } from './durable-promises.mjs';

const WORKERS = 3;
/** Milliseconds. */
const KILL_INTERVAL = 2_000;
const LOCK_DURATION = 5_000;
const STALLED_INTERVAL = 5_000;
/** Workers look for stalled calls each in its own time, and what they find is still to be sent. */
const MARGIN = 5_000;
const PATIENCE = 60_000;
const MAX_LOG_LINES = 20;

export const durableCrashes = [
  { name: 'durable, workers crash', bulk: 'never' },
  { name: 'durable, workers crash, always bulk', bulk: 'always' },
].map(({ name, bulk }) => ({ name, run: (settings) => runCrashes(bulk, settings) }));

/** Every two seconds one of three workers is killed and started again, while events come at a steady pace. */
function runCrashes(bulk, settings) {
  const { kills, count } = settings.quick ? { kills: 3, count: 6_000 } : { kills: 10, count: 20_000 };
  const delivery = { bulk, quota: NO_QUOTA, lockDuration: LOCK_DURATION, stalledInterval: STALLED_INTERVAL };
  return withDurableSetup({ workers: WORKERS, delivery }, settings, async (setup) => {
    await setup.produce(count, (kills + 1) * KILL_INTERVAL);
    let killedAt;
    for (let kill = 0; kill < kills; kill++) {
      await pause(KILL_INTERVAL);
      killedAt = await setup.crashWorker(kill % WORKERS);
    }
    await setup.untilStored();
    const storedAt = Date.now();
    const { at: doneAt, failed, open } = await setup.untilDelivered(PATIENCE);
    const outcome = await setup.finish();

    const verdict = new Verdict();
    holdDurablePromises(verdict, { setup, outcome, count, failed, maxLogLines: MAX_LOG_LINES, ...settings });
    verdict.none(open, 'events are still to be delivered');
    verdict.measure(
      doneAt - killedAt <= LOCK_DURATION + STALLED_INTERVAL + MARGIN,
      `all was delivered ${doneAt - killedAt} ms after the last crash`,
    );
    const measured = [
      `${kills} kills`,
      `lock ${LOCK_DURATION / 1000} s + stalled ${STALLED_INTERVAL / 1000} s`,
      `all delivered ${seconds(doneAt - killedAt)} after the last kill`,
      `${seconds(doneAt - storedAt)} after the last event`,
      `${outcome.seen.calls.length} calls`,
    ];
    return { row: durableRow({ setup, outcome, failed, measured }), verdict };
  });
}

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
