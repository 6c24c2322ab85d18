import type { Cancel, Clock } from '../../lib/delivery/clock.js';

/** More timers than that at one moment ring each other for ever. */
const MOST_AT_ONCE = 10_000;

interface Timer {
  readonly dueAt: number;
  readonly callback: () => void;
}

/** A clock that stands still until it is told how far to go; then it rings its timers in their order. */
export class FakeClock implements Clock {
  private time = 0;
  private wallIsAhead = 0;
  private readonly timers = new Set<Timer>();

  constructor(private readonly epoch = Date.parse('2026-01-01T00:00:00Z')) {}

  now = (): number => this.epoch + this.time + this.wallIsAhead;

  elapsed = (): number => this.time;

  sleep = (): never => {
    throw new Error('Background delivery does not sleep');
  };

  after = (milliseconds: number, callback: () => void): Cancel => {
    const timer = { dueAt: this.time + Math.ceil(milliseconds), callback };
    this.timers.add(timer);
    return () => void this.timers.delete(timer);
  };

  get timersSet(): number {
    return this.timers.size;
  }

  /** Milliseconds until the first timer rings; Infinity if none is set. */
  get nextTimerIn(): number {
    return Math.min(...[...this.timers].map(({ dueAt }) => dueAt)) - this.time;
  }

  /** Somebody sets the system's time forward, or back. */
  setForward(milliseconds: number): void {
    this.wallIsAhead += milliseconds;
  }

  /** Lets so much time pass. With 0 only what is due now rings. */
  advance(milliseconds: number): void {
    const end = this.time + milliseconds;
    for (let rung = 0; this.nextTimerIn + this.time <= end; rung++) {
      if (rung > MOST_AT_ONCE) throw new Error('The timers ring each other without end');
      const first = [...this.timers].reduce((one, other) => (other.dueAt < one.dueAt ? other : one));
      this.timers.delete(first);
      this.time = Math.max(this.time, first.dueAt);
      first.callback();
    }
    this.time = end;
  }
}
