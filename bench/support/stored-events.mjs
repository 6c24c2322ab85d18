import { NUMBER_ATTRIBUTE } from './example-event.mjs';

const KEYS_AT_ONCE = 1_000;
/** In the event itself, and in the JSON of an event that is a text within other JSON. */
const NUMBER = new RegExp(`"${NUMBER_ATTRIBUTE}\\\\?":(\\d+)`, 'g');

/** Counts the events in BullMQ's jobs by their numbers: how many are stored, and how many more than once. */
export async function countStored(redis) {
  const numbers = new Set();
  let found = 0;
  for await (const keys of redis.scanStream({ type: 'hash', count: KEYS_AT_ONCE })) {
    const jobs = await Promise.all(keys.map((key) => redis.hget(key, 'data')));
    for (const [, number] of jobs.join('\n').matchAll(NUMBER)) {
      found++;
      numbers.add(number);
    }
  }
  return { stored: numbers.size, storedTwice: found - numbers.size };
}
