import { firstValueFrom, type Observable, takeUntil, timer } from 'rxjs';
import { LONGEST_TIMER } from '../common/longest-timer.js';

/** Time as the delivery sees it; tests put their own in its place. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds, with fractions, since some moment. Unlike `now()` it never jumps when the system's time is set. */
  elapsed(): number;
  /** Resolves after so many milliseconds, or as soon as `stop$` emits. */
  sleep(milliseconds: number, stop$: Observable<void>): Promise<unknown>;
  /** Calls back once, after so many milliseconds at the latest (a very long time may be cut), unless it is cancelled. */
  after(milliseconds: number, callback: () => void): Cancel;
}

export type Cancel = () => void;

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep: (milliseconds, stop$) =>
    firstValueFrom(timer(milliseconds).pipe(takeUntil(stop$)), { defaultValue: undefined }),
  after: (milliseconds, callback) => {
    const timeout = setTimeout(callback, Math.min(Math.ceil(milliseconds), LONGEST_TIMER));
    return () => clearTimeout(timeout);
  },
};
