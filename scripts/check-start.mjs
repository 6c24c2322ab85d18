// Runs `npm start` as a newcomer would, with each delivery that the shop knows, and ends each run when the shopper's visit
// was printed and the process left cleanly.
import { spawn } from 'node:child_process';
import { hasRedisServer, startRedis } from '../test/support/redis-server.mjs';

const PATIENCE = 120_000;
const REQUEST_ID = /\b[0-9a-f]{32}\b/g;
const VISIT = ['Product Viewed', 'Added to Cart', 'Purchased'];
const EVENTS = 5;

let isGood = await visit('npm start', ['start'], { DELIVERY: 'background' });
const redis = await findRedis();
// What the first run has built is still there.
const withoutBuilding = ['start', '--ignore-scripts'];
if (redis) {
  isGood =
    (await visit('DELIVERY=bullmq npm start', withoutBuilding, { DELIVERY: 'bullmq', REDIS_URL: redis.url })) && isGood;
}
await redis?.stop();
process.exitCode = isGood ? 0 : 1;

/** A Redis of the check's own: what an earlier run left in another one would be delivered too. */
async function findRedis() {
  if (hasRedisServer()) return await startRedis();
  const reason = 'there is no redis-server in the PATH';
  if (process.env.REDIS_REQUIRED) throw new Error(`DELIVERY=bullmq npm start would be skipped: ${reason}`);
  console.warn(`Skipped: DELIVERY=bullmq npm start, for ${reason}`);
  return undefined;
}

/** Whether the visit was printed with all its events, and SIGTERM ended the shop cleanly. */
function visit(what, args, environment) {
  return new Promise((resolve) => {
    const env = { ...process.env, PORT: '0', ...environment };
    const child = spawn('npm', args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    let isStopping = false;
    const stop = () => {
      isStopping = true;
      child.kill('SIGTERM');
    };
    const deadline = setTimeout(() => {
      console.error(`${what}: the visit was not over after ${PATIENCE} ms`);
      output = '';
      stop();
    }, PATIENCE);
    child.stdout.setEncoding('utf8').on('data', (text) => {
      process.stdout.write(text);
      output += text;
      if (!isStopping && output.includes('Ctrl-C')) stop();
    });
    child.on('exit', (code) => {
      clearTimeout(deadline);
      const ids = new Set(output.match(REQUEST_ID)).size;
      console.log(`${what}: ${ids} events with a request id, exit code ${code}`);
      resolve(isStopping && code === 0 && ids >= EVENTS && VISIT.every((name) => output.includes(name)));
    });
  });
}
