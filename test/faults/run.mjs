// Puts the built package under faults, in processes of their own: `npm run build`, then `npm run test:faults`.
// Arguments: --quick for shorter outages, --seed=2 for other accidents, and parts of names to run only some scenarios.
// Durable delivery needs a redis-server in the PATH: without it it is left out, or with REDIS_REQUIRED set an error.
// Exit code 1 if any promise is broken.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { durableCrashes } from './scenarios/durable-crashes.mjs';
import { durableFaults } from './scenarios/durable-faults.mjs';
import { durableQuotas } from './scenarios/durable-quotas.mjs';
import { durableRedisOutages } from './scenarios/durable-redis-outages.mjs';
import { faultMatrix } from './scenarios/fault-matrix.mjs';
import { outages } from './scenarios/outages.mjs';
import { quotas } from './scenarios/quotas.mjs';
import { killAll } from './support/child-process.mjs';
import { readArguments } from './support/read-arguments.mjs';
import { obstacleToRedis, stopAllRedis } from './support/redis.mjs';
import { runInLanes } from './support/run-in-lanes.mjs';

process.exitCode = await main(process.argv.slice(2));

async function main(words) {
  if (!existsSync(fileURLToPath(import.meta.resolve('nestjs-webengage')))) {
    console.error('dist/ is missing or incomplete: run `npm run build` first.');
    return 1;
  }
  const obstacle = obstacleToRedis();
  if (obstacle !== undefined) {
    console.warn(`${process.env.REDIS_REQUIRED ? 'Error' : 'Skipped'}: durable delivery under faults, for ${obstacle}`);
    if (process.env.REDIS_REQUIRED) return 1;
  }
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const { quick, seed, chosen } = readArguments(words);
  const settings = { quick, seed, licenseCode: '~faults', apiKey: `key-${randomBytes(16).toString('hex')}` };
  const isChosen = ({ name }) => chosen.length === 0 || chosen.some((part) => name.includes(part));
  const tasks = (scenarios) => scenarios.filter(isChosen).map((scenario) => () => runScenario(scenario, settings));

  const startedAt = Date.now();
  const results = [
    // Alone: they measure memory and the event loop.
    ...(await runInLanes(tasks(outages), 1)),
    ...(await runInLanes(tasks(quotas), 2)),
    ...(await runInLanes(tasks(faultMatrix), 2)),
    ...(obstacle === undefined ? await runDurable(tasks) : []),
  ];
  killAll();
  return report(results, (Date.now() - startedAt) / 1000);
}

async function runDurable(tasks) {
  return [
    ...(await runInLanes(tasks(durableCrashes), 2)),
    ...(await runInLanes(tasks(durableRedisOutages), 2)),
    ...(await runInLanes(tasks(durableFaults), 2)),
    // Beside nothing else: on a busy machine a quota is not used up.
    ...(await runInLanes(tasks(durableQuotas), 2)),
  ];
}

/** A figure that was missed is measured once more; a broken promise stays broken. */
async function runScenario({ name, run }, settings, isRepeated = false) {
  console.log(`${name} …`);
  const startedAt = Date.now();
  const { row, broken, missed } = await attempt(run, settings);
  const seconds = Number(((Date.now() - startedAt) / 1000).toFixed(1));
  if (broken.length === 0 && missed.length > 0 && !isRepeated) {
    console.log(`${name}: ${missed.join('; ')}. It is measured once more: ${JSON.stringify(row)}`);
    return runScenario({ name, run }, settings, true);
  }
  const problems = [...broken, ...missed];
  return { row: { scenario: name, seconds, ...row, verdict: problems.length === 0 ? 'ok' : 'broken' }, name, problems };
}

async function attempt(run, settings) {
  try {
    const { row, verdict } = await run(settings);
    return { row, broken: verdict.broken, missed: verdict.missed };
  } catch (error) {
    return { row: {}, broken: [error.message], missed: [] };
  }
}

function report(results, seconds) {
  console.table(results.map(({ row }) => row));
  const failures = results.filter(({ problems }) => problems.length > 0);
  for (const { name, problems } of failures) console.error([`${name}:`, ...problems].join('\n  - '));
  console.log(
    `${results.length - failures.length} of ${results.length} scenarios kept every promise, in ${Math.round(seconds)} s`,
  );
  return results.length > 0 && failures.length === 0 ? 0 : 1;
}

async function stop() {
  killAll();
  await stopAllRedis();
  process.exit(130);
}
