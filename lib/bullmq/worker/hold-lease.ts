import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { CallQueue } from '../calls/call-queue.js';

// Each is one step for all who look: a leader that crashes in the middle leaves nothing half done.
const TAKE = `
if not redis.call('set', KEYS[1], ARGV[1], 'PX', ARGV[2], 'NX') then return 0 end
redis.call('set', KEYS[2], ARGV[3], 'PX', ARGV[2])
return 1`;
const KEEP = `
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('set', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('set', KEYS[2], ARGV[3], 'PX', ARGV[2])
return 1`;
const LEAVE = `
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('del', KEYS[1], KEYS[2])`;

/** More starts than any window of BullMQ's limiter allows: it is what BullMQ itself writes to let nothing start. */
const MORE_THAN_ANY_LIMIT = String(Number.MAX_SAFE_INTEGER);

/** The right to hold back a queue, for a time. One process has it, or none; while it has, no worker is given a job. */
export class HoldLease {
  private readonly token = randomUUID();

  constructor(
    private readonly queue: CallQueue,
    private readonly redis: Redis,
  ) {}

  /** Takes it for so many milliseconds; false if another process has it. */
  take(milliseconds: number): Promise<boolean> {
    return this.run(TAKE, milliseconds);
  }

  /** Keeps it for so many milliseconds from now; false if this process has lost it. */
  keep(milliseconds: number): Promise<boolean> {
    return this.run(KEEP, milliseconds);
  }

  /** Gives it back, and lets the workers go on. */
  leave(): Promise<boolean> {
    return this.run(LEAVE, 0);
  }

  private async run(script: string, milliseconds: number): Promise<boolean> {
    const keys = [this.queue.key('hold'), this.queue.key('limiter')];
    const time = Math.ceil(milliseconds);
    return (await this.redis.eval(script, keys.length, ...keys, this.token, time, MORE_THAN_ANY_LIMIT)) !== 0;
  }
}
