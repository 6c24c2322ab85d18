import { types } from 'node:util';
import { WebEngageError } from '../errors/webengage.error.js';

/** The sandbox's time: the system's, until a test moves or stops it. */
export class SandboxClock {
  private offset = 0;
  private stoppedAt: number | undefined;

  constructor(
    private readonly systemNow: () => number,
    private readonly whenChanged: () => void = () => undefined,
  ) {}

  /** Milliseconds since 1970. */
  now(): number {
    return this.stoppedAt ?? this.systemNow() + this.offset;
  }

  /** Whether the time stands still, since a `set()`. */
  get isStopped(): boolean {
    return this.stoppedAt !== undefined;
  }

  /**
   * Stops the clock at a time, given as a Date, an ISO 8601 String, or milliseconds since 1970.
   *
   * @throws {WebEngageError} it is no time
   *
   * @example
   * sandbox.clock.set('2026-01-01T00:00:59Z');
   * sandbox.clock.advance(1_000); // a new minute, and a new quota
   */
  set(time: Date | string | number): void {
    const isTime = typeof time === 'string' || typeof time === 'number' || types.isDate(time);
    const milliseconds = isTime ? new Date(time).getTime() : NaN;
    if (Number.isNaN(milliseconds))
      throw new WebEngageError('The clock cannot be set: it needs milliseconds, or a time like 2026-01-01T00:00:00Z');
    this.stoppedAt = milliseconds;
    this.whenChanged();
  }

  /**
   * Moves the clock on, whether it runs or stands still.
   *
   * @throws {WebEngageError} it is no number of milliseconds, or leads to where no Date is
   */
  advance(milliseconds: number): void {
    if (typeof milliseconds !== 'number' || Number.isNaN(new Date(this.now() + milliseconds).getTime())) {
      throw new WebEngageError('The clock cannot be moved: this is no number of milliseconds, or too large');
    }
    if (this.stoppedAt === undefined) this.offset += milliseconds;
    else this.stoppedAt += milliseconds;
    this.whenChanged();
  }

  /** Follows the system's time again. */
  reset(): void {
    this.offset = 0;
    this.stoppedAt = undefined;
    this.whenChanged();
  }
}
