import type { Log } from '../../common/log.js';
import { redisMessage } from './redis-errors.js';

/** Logs when Redis goes out of reach and when it is back, not each command that suffers from it. */
export class RedisLog {
  private isAway = false;

  /** @param redis what Redis is called, at the beginning of a sentence */
  constructor(
    private readonly log: Log,
    private readonly redis = 'Redis',
  ) {}

  /** Something about Redis failed. */
  failed(error: unknown): void {
    if (this.isAway) return;
    this.isAway = true;
    this.log.error(
      `${this.redis} does not answer as it should: ${redisMessage(error)}. It is tried again until it does`,
    );
  }

  /** Redis is at work. */
  works(): void {
    if (!this.isAway) return;
    this.isAway = false;
    this.log.log(`${this.redis} answers again`);
  }
}
