/** How much of the share may be caught up at once after a late start. */
const CATCH_UP = 0.02;

/**
 * Spreads calls evenly over the interval. A call that starts late does not delay those after it: a few may be caught up
 * at once, which also lets light traffic go at once.
 */
export class Pace {
  // When the next call would start if none was ever late.
  private due = -Infinity;

  /** `interval` in milliseconds. */
  constructor(private readonly interval: number) {}

  /** The earliest time of the next call, at so many calls an interval. */
  readyAt(share: number): number {
    return this.due - this.catchUpTime(share);
  }

  start(now: number, share: number): void {
    this.due = Math.max(now, this.due) + this.interval / share;
  }

  /** Lets one call start at that time, not all that could be caught up by then. */
  resumeAt(time: number, share: number): void {
    this.due = Math.max(this.due, time + this.catchUpTime(share));
  }

  /** About how many calls could start until then. */
  callsUntil(time: number, now: number, share: number): number {
    const since = Math.max(this.readyAt(share), now - this.catchUpTime(share));
    return Math.max(0, Math.floor(((time - since) * share) / this.interval) + 1);
  }

  private catchUpTime(share: number): number {
    return (Math.max(1, share * CATCH_UP) * this.interval) / share;
  }
}
