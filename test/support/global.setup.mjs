// What many specs share: a Redis and a browser. Where there is none, the tests that need it are skipped, and one line says so.
import { findChromium } from './chromium.mjs';
import { hasRedisServer, startRedis } from './redis-server.mjs';

export default async function setUp() {
  setUpChromium();
  await setUpRedis();
}

/** One Redis for all tests: that of REDIS_URL, or one that is started here. */
async function setUpRedis() {
  if (process.env.REDIS_URL) return;
  if (hasRedisServer()) {
    globalThis.redisOfTests = await startRedis();
    process.env.REDIS_URL = globalThis.redisOfTests.url;
    return;
  }
  skip('Redis', 'there is no REDIS_URL, and no redis-server in the PATH', process.env.REDIS_REQUIRED);
}

function setUpChromium() {
  process.env.CHROMIUM_PATH ||= findChromium() ?? '';
  if (process.env.CHROMIUM_PATH !== '') return;
  skip('a browser', 'there is no CHROMIUM_PATH, and no chromium in the PATH', process.env.CHROMIUM_REQUIRED);
}

function skip(what, reason, isRequired) {
  if (isRequired) throw new Error(`Tests that need ${what} would be skipped: ${reason}`);
  console.warn(`\nSkipped: all tests that need ${what}, for ${reason}`);
}
