import { setTimeout as pause } from 'node:timers/promises';
import { startEntrant } from '../support/entrant.mjs';
import { sum } from '../support/statistics.mjs';
import { openRedis } from '../support/redis-usage.mjs';

/** What is done with the last jobs takes Redis so long at most, in milliseconds. */
const SETTLED_AFTER = 500;

/** The bytes that Redis has in use after so many events were delivered, again after as many more, and so on. */
export async function measureLeftInRedis(_library, { origin, redis: url, library, underWay, events, blocks }) {
  const redis = await openRedis(url);
  const { run } = await startEntrant('deliver', { library, origin, redis: url });
  const bytes = [];
  for (let block = 0; block < blocks; block++) {
    await run({ from: block * events, to: (block + 1) * events, underWay });
    await pause(SETTLED_AFTER);
    bytes.push(sum(Object.values(await keySizes(redis))));
  }
  return { sent: blocks * events, bytes, keys: await keySizes(redis) };
}

async function keySizes(redis) {
  const keys = await redis.keys('*');
  const sizes = await Promise.all(keys.map((key) => redis.memory('USAGE', key, 'SAMPLES', 0)));
  // One may be gone by now.
  return Object.fromEntries(keys.map((key, index) => [key, sizes[index] ?? 0]));
}
