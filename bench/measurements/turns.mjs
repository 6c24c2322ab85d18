import { startEntrant } from '../support/entrant.mjs';
import { openRedis, readUsage, usagePerEvent } from '../support/redis-usage.mjs';
import { countStored } from '../support/stored-events.mjs';

/**
 * Several libraries, each in a process of its own, with one Redis: short blocks of events in turns, so that whatever else
 * the machine does falls on all of them.
 *
 * @param _library not used: the parameters name several
 * @param {{ mode: 'store' | 'deliver' | 'deliverApart', underWay: number, warmUpTurns: number, turns: number,
 *   blocks: Record<string, number> }} parameters `blocks`: the events of one block, by library; `underWay`: calls of
 *   `track()` at one time
 */
export async function measureTurns(_library, { origin, redis: url, mode, underWay, warmUpTurns, turns, blocks }) {
  const redis = await openRedis(url);
  const names = Object.keys(blocks);
  const entrants = {};
  for (const library of names) entrants[library] = await startEntrant(mode, { library, origin, redis: url });
  let next = 0;
  const takeTurn = async (name) => {
    const range = { from: next, to: (next += blocks[name]), underWay };
    return costOf(() => entrants[name].run(range), blocks[name], redis);
  };
  const costs = Object.fromEntries(names.map((name) => [name, []]));
  for (let turn = 0; turn < warmUpTurns + turns; turn++) {
    const order = turn % 2 === 0 ? names : names.toReversed();
    for (const name of order) {
      const cost = await takeTurn(name);
      if (turn >= warmUpTurns) costs[name].push(cost);
    }
  }
  if (mode === 'store') return { sent: 0, tracked: next, ...(await countStored(redis)), costs };
  return { sent: next, costs };
}

async function costOf(run, events, redis) {
  const before = await readUsage(redis);
  const start = performance.now();
  const cpuMicroseconds = await run();
  const microseconds = (performance.now() - start) * 1000;
  return {
    microseconds: microseconds / events,
    cpuMicroseconds: cpuMicroseconds / events,
    redis: usagePerEvent(before, await readUsage(redis), events),
  };
}
