import { CONCURRENCY } from '../libraries/webengage.mjs';
import { hold, release } from '../support/collector-control.mjs';
import { startLoadGenerator } from '../support/load-generator-process.mjs';
import { mean, median } from '../support/statistics.mjs';
import { openRouteApplication } from './route-application.mjs';

const FLUSH_TIMEOUT = 60_000;
const UNBOUNDED = { maxPending: 1e9, maxPendingBytes: 1e12, quota: { single: 1e9, bulk: 1e9, interval: 1_000 } };

/**
 * CPU per request of a decorated route beyond that of the same route with an interceptor that does nothing: short
 * blocks of requests, a pair of blocks at a time, in changing order.
 *
 * @param _library not used: the decorator has no counterpart
 * @param {{ pairs: number, warmUpPairs: number, requests: number, delivers: boolean }} parameters `delivers`: whether a
 *   tracked block's cost includes the delivery of its events; else they go out only after it
 */
export async function measureRoute(_library, { origin, pairs, warmUpPairs, requests, delivers }) {
  const concurrency = delivers ? CONCURRENCY : 1;
  const delivery = { mode: 'background', bulk: 'always', ...UNBOUNDED, concurrency };
  const application = await openRouteApplication({ origin, delivery });
  const load = await startLoadGenerator(application.port);
  const flush = () => application.events.flush({ timeout: FLUSH_TIMEOUT });

  const run = { plain: () => load.run('/plain', requests), tracked: () => load.run('/tracked', requests) };
  const withDelivery = (route) =>
    cpuOf(async () => {
      await run[route]();
      await flush();
    });
  /** What goes on around the block is the same for both routes. */
  const beforeDelivery = async (route) => {
    await hold(origin);
    await application.occupyConnection();
    const cost = await cpuOf(run[route]);
    await release(origin);
    await flush();
    return cost;
  };
  const costOf = delivers ? withDelivery : beforeDelivery;

  const differences = [];
  const plains = [];
  for (let pair = 0; pair < warmUpPairs + pairs; pair++) {
    const order = pair % 2 === 0 ? ['plain', 'tracked'] : ['tracked', 'plain'];
    const cost = {};
    for (const route of order) cost[route] = (await costOf(route)) / requests;
    if (pair < warmUpPairs) continue;
    plains.push(cost.plain);
    differences.push(cost.tracked - cost.plain);
  }
  load.stop();
  return {
    sent: application.tracked(),
    plain: median(plains),
    difference: median(differences),
    meanDifference: mean(differences),
  };
}

/** Microseconds of CPU while the work goes on. */
async function cpuOf(work) {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
