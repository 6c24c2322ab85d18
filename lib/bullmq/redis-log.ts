import type { Log } from '../common/log.js';

/** Logs when Redis goes out of reach and when it is back, not each command that suffers from it. */
export class RedisLog {
  private isAway = false;

  constructor(private readonly log: Log) {}

  /** Something about Redis failed. Of an error only its message is told: others of its fields hold commands, with passwords. */
  failed(error: unknown): void {
    if (this.isAway) return;
    this.isAway = true;
    this.log.error(`Redis does not answer as it should: ${redisMessage(error)}. It is tried again until it does`);
  }

  /** Redis is at work. */
  works(): void {
    if (!this.isAway) return;
    this.isAway = false;
    this.log.log('Redis answers again');
  }
}

/** What can be told of an error that came from Redis or its client. */
export function redisMessage(error: unknown): string {
  const { message, code } = (error ?? {}) as { message?: unknown; code?: unknown };
  // Node reports several refused addresses in one error without a message.
  const text = [message, code].find((part) => typeof part === 'string' && part !== '') as string | undefined;
  return (text ?? 'unknown error').split('\n', 1)[0] ?? '';
}
