import { importFromRoot } from './root-packages.mjs';

/** A connection of the measurement's own to the Redis at the URL. */
export async function openRedis(url) {
  const { Redis } = await importFromRoot('ioredis');
  return new Redis(url);
}

/**
 * What Redis has had to do so far.
 *
 * @returns {Promise<RedisUsage>}
 *
 * @typedef {object} RedisUsage
 * @property {number} scripts that clients had it run; all other commands of BullMQ's run within them
 * @property {number} commands, those within scripts included
 * @property {number} reads of what clients sent; where a client waits for each answer, one is a round trip
 * @property {number} bytes that clients sent
 * @property {number} cpuMicroseconds of the redis-server
 */
export async function readUsage(redis) {
  const text = await redis.info('all');
  const value = (name) => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(text)?.[1] ?? 0);
  return {
    scripts: Number(/^cmdstat_evalsha:calls=(\d+)/m.exec(text)?.[1] ?? 0),
    commands: value('total_commands_processed'),
    reads: value('total_reads_processed'),
    bytes: value('total_net_input_bytes'),
    cpuMicroseconds: (value('used_cpu_user') + value('used_cpu_sys')) * 1e6,
  };
}

/** What Redis had to do between two readings for each of so many events. */
export function usagePerEvent(before, after, events) {
  return Object.fromEntries(Object.keys(after).map((name) => [name, (after[name] - before[name]) / events]));
}
