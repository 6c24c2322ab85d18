import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { hasRedisServer, startRedis } from '../../test/support/redis-server.mjs';

const program = fileURLToPath(new URL('child.mjs', import.meta.url));
const TIME_LIMIT = 60_000;
const PROXY_VARIABLE = /^(https?|all|no)_proxy$/i;

/**
 * Takes one measurement in a process of its own, against the collector or, where the spec says so, against a host that
 * is down.
 *
 * @param {Spec} spec
 * @param {Collector} collector
 * @returns {Promise<{ result?: object, failure?: string }>} the measurement's result, with what the collector received
 *
 * @typedef {object} Spec
 * @property {string} measurement a name from measurements/index.mjs
 * @property {string} library a name from libraries/index.mjs
 * @property {object} parameters handed to the measurement
 * @property {number} [latency] how long the collector waits with each answer, in milliseconds; default 0
 * @property {boolean} [hostIsDown] whether nothing listens at the host
 * @property {boolean} [needsRedis] whether it gets a Redis of its own, empty and without persistence
 * @property {boolean} [exitsByItself] whether the process is left to end by itself, and the time until then measured
 * @property {number} [timeLimit] milliseconds after which the measurement is broken off
 */
export async function measure(spec, collector) {
  await collector.reset({ latency: spec.latency ?? 0 });
  const origin = spec.hostIsDown ? collector.deadOrigin : collector.origin;
  const outcome = await (spec.needsRedis
    ? withRedis((redis) => runChild(spec, { origin, redis }))
    : runChild(spec, { origin }));
  if (outcome.failure !== undefined) return { failure: outcome.failure };
  return { result: { ...outcome.result, logLines: outcome.logLines, ...(await collector.received()) } };
}

async function withRedis(run) {
  if (!hasRedisServer()) return { failure: 'there is no redis-server in the PATH' };
  const redis = await startRedis();
  try {
    return await run(redis.url);
  } finally {
    await redis.stop();
  }
}

function runChild({ measurement, library, parameters, exitsByItself, timeLimit = TIME_LIMIT }, addresses) {
  const orders = { measurement, library, parameters: { ...parameters, ...addresses }, exitsByItself };
  const child = fork(program, [JSON.stringify(orders)], {
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const output = watchOutput(child);
  let outcome;
  let isLate = false;
  const deadline = setTimeout(() => {
    isLate = true;
    child.kill('SIGKILL');
  }, timeLimit);
  child.on('message', (message) => (outcome = message));
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      clearTimeout(deadline);
      const exitedAt = Date.now();
      if (isLate) resolve({ failure: `not done within ${timeLimit / 1000} s` });
      else if (outcome === undefined) resolve({ failure: `ended with ${signal ?? code}: ${output.last()}` });
      else if (outcome.failure !== undefined) resolve({ failure: outcome.failure });
      else resolve({ result: { ...outcome.result, exitedAt, exitCode: code }, logLines: output.lines() });
    });
  });
}

/** The SDKs' own settings are to hold, and the loopback host is not to be looked for behind a proxy. */
function environment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !PROXY_VARIABLE.test(name)));
}

function watchOutput({ stdout, stderr }) {
  let lines = 0;
  let last = '';
  for (const stream of [stdout, stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      lines += text.split('\n').length - 1;
      last = text.trim().slice(-500) || last;
    });
  }
  return { lines: () => lines, last: () => last };
}
