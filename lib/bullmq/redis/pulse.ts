import type { Redis } from 'ioredis';
import { waitAtMost } from '../../common/wait-at-most.js';

/** How often Redis is asked for a sign of life, in milliseconds. */
const INTERVAL = 5_000;
/** A Redis that gives none is taken to be away after so many milliseconds. */
const SILENCE = 10_000;

/** Breaks a connection that takes commands and does not answer them: it would take the system a quarter of an hour. */
export class Pulse {
  private readonly timer: NodeJS.Timeout;
  private isAwaited = false;

  constructor(private readonly redis: Redis) {
    this.timer = setInterval(() => void this.feel(), INTERVAL);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async feel(): Promise<void> {
    if (this.isAwaited || this.redis.status !== 'ready') return;
    this.isAwaited = true;
    const sign = this.redis.ping().then(
      () => true,
      () => true,
    );
    if (!(await waitAtMost(sign, SILENCE, () => false, { unref: true }))) this.redis.disconnect(true);
    this.isAwaited = false;
  }
}
