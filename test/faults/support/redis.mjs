import { hasRedisServer, startRedis } from '../../support/redis-server.mjs';

const running = new Set();

/** Why scenarios that need Redis cannot run; undefined if they can. */
export function obstacleToRedis() {
  return hasRedisServer() ? undefined : 'there is no redis-server in the PATH';
}

/** Starts a Redis, lets `work` use it, and stops it whatever comes of that. */
export async function withRedis(options, work) {
  const redis = await startRedis(options);
  running.add(redis);
  try {
    return await work(redis);
  } finally {
    running.delete(redis);
    await redis.stop();
  }
}

/** Stops every Redis that still runs. */
export async function stopAllRedis() {
  await Promise.all([...running].map((redis) => redis.stop()));
}
