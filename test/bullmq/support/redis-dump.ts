import type { Redis } from 'ioredis';

/** All keys and values that Redis holds, as text. */
export async function dumpOf(redis: Redis): Promise<string> {
  const keys = await redis.keys('*');
  const values = await Promise.all(keys.map((key) => valueOf(redis, key)));
  return JSON.stringify(keys.map((key, index) => [key, values[index]]));
}

async function valueOf(redis: Redis, key: string): Promise<unknown> {
  const type = await redis.type(key);
  switch (type) {
    case 'string':
      return redis.get(key);
    case 'hash':
      return redis.hgetall(key);
    case 'list':
      return redis.lrange(key, 0, -1);
    case 'set':
      return redis.smembers(key);
    case 'zset':
      return redis.zrange(key, '0', '-1', 'WITHSCORES');
    case 'stream':
      return redis.call('XRANGE', key, '-', '+');
    case 'none':
      return undefined;
    default:
      throw new Error(`There is no way to look into the ${type} ${key}`);
  }
}
