import type { Redis } from 'ioredis';

/** How many connections Redis has open, the one that asks included. */
export async function connectionsTo(redis: Redis): Promise<number> {
  const list = (await redis.client('LIST')) as string;
  return list.trim().split('\n').length;
}
