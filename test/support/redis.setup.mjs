// One Redis for all tests that need one: that of REDIS_URL, or one that is started here. Without either they are skipped.
import { hasRedisServer, startRedis } from './redis-server.mjs';

export default async function setUpRedis() {
  if (process.env.REDIS_URL) return;
  if (hasRedisServer()) {
    globalThis.redisOfTests = await startRedis();
    process.env.REDIS_URL = globalThis.redisOfTests.url;
    return;
  }
  const reason = 'there is no REDIS_URL, and no redis-server in the PATH';
  if (process.env.REDIS_REQUIRED) throw new Error(`Tests that need Redis would be skipped: ${reason}`);
  console.warn(`\nSkipped: all tests that need Redis, for ${reason}`);
}
