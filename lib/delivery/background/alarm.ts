import type { Cancel, Clock } from '../clock.js';

/** One timer for everything that waits: it rings at the earliest time that was asked for. */
export class Alarm {
  private ringsAt = Infinity;
  private cancelTimer: Cancel | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly ring: () => void,
  ) {}

  /** Rings in so many milliseconds at the latest. Infinity asks for nothing. */
  setIn(milliseconds: number): void {
    const time = this.clock.elapsed() + milliseconds;
    if (time >= this.ringsAt) return;
    this.cancel();
    this.ringsAt = time;
    this.cancelTimer = this.clock.after(milliseconds, () => {
      this.ringsAt = Infinity;
      this.ring();
    });
  }

  cancel(): void {
    this.cancelTimer?.();
    this.ringsAt = Infinity;
  }
}
