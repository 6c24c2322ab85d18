import { withDurableSetup } from '../support/durable-setup.mjs';
import { Verdict } from '../support/verdict.mjs';
import { durableRow, holdDurablePromises, recognised } from './durable-promises.mjs';
import { mostWithin } from './measure-quota.mjs';

const WORKERS = 3;
const COUNT = 5_000;
/** Milliseconds. */
const FEED_FOR = 5_000;
const FROM = 1_000;
const UNTIL = 11_000;
const UNTIL_WHEN_QUICK = 6_000;
/** By then the calls that were under way when it began have ended, and no worker starts new ones. */
const HELD_WITHIN = 1_500;
const SILENCE = 500;
/** A probe is sent a second after the answer to the one before it; timers may be a little early. */
const A_SECOND = 990;
const PATIENCE = 60_000;
const MAX_LOG_LINES = 20;
/** Shorter than by default, so that the last of many re-attempts and probes does not take half a minute. */
const HASTY = { minDelay: 100, maxDelay: 3_000 };
const LONGER = { until: 21_000, untilWhenQuick: 6_000 };

export const durableFaults = [
  { name: 'durable, storm of 429', fault: { kind: 'answer 429' } },
  { name: 'durable, storm of 429 with Retry-After', fault: { kind: 'answer 429', headers: { 'retry-after': '1' } } },
  { name: 'durable, key revoked for 10 s', fault: { kind: 'revoke key' } },
  { name: 'durable, port closed for 20 s', fault: { kind: 'close port' }, ...LONGER },
].map(({ name, ...scenario }) => ({ name, run: (settings) => runFault(scenario, settings) }));

/** Three workers, and WebEngage behind a host that takes no call for some time. */
function runFault({ fault, until = UNTIL, untilWhenQuick = UNTIL_WHEN_QUICK }, settings) {
  const end = settings.quick ? untilWhenQuick : until;
  const plan = { workers: WORKERS, faults: [{ ...fault, from: FROM, until: end }], retry: HASTY };
  return withDurableSetup(plan, settings, async (setup) => {
    await setup.produce(COUNT, FEED_FOR);
    await setup.untilStored();
    const { failed, open } = await setup.untilDelivered(PATIENCE);
    const outcome = await setup.finish();

    const verdict = new Verdict();
    holdDurablePromises(verdict, { setup, outcome, count: COUNT, failed, maxLogLines: MAX_LOG_LINES, ...settings });
    verdict.none(open, 'events are still to be delivered');
    const { calls } = outcome.seen;
    const times = calls.map(({ at }) => at - calls[0].at).sort((one, other) => one - other);
    const spoilt = times.filter((time) => time >= FROM && time < end);
    // The last call before the first silence.
    const last = spoilt.findIndex((time, index) => (spoilt[index + 1] ?? Infinity) - time >= SILENCE);
    const heldAfter = (spoilt[last] ?? FROM) - FROM;
    const probes = spoilt.slice(last + 1);
    const mostProbes = mostWithin(probes, A_SECOND);
    verdict.measure(heldAfter <= HELD_WITHIN, `calls went on for ${heldAfter.toFixed(0)} ms`);
    verdict.hold(mostProbes <= 1, `${mostProbes} calls within a second while it lasted`);
    const measured = [
      `${calls.length} calls`,
      `${recognised(outcome.seen)} recognised`,
      `held after ${last + 1} calls and ${(heldAfter / 1000).toFixed(2)} s`,
      `then ${probes.length} probes came, at most ${mostProbes} a second`,
      `the last came ${((times.at(-1) - end) / 1000).toFixed(1)} s after it`,
    ];
    return { row: durableRow({ setup, outcome, failed, measured }), verdict };
  });
}
