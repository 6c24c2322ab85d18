import { firstValueFrom, type Observable, takeUntil, timer } from 'rxjs';

/** Time as the delivery sees it; tests put their own in its place. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after so many milliseconds, or as soon as `stop$` emits. */
  sleep(milliseconds: number, stop$: Observable<void>): Promise<unknown>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, stop$) =>
    firstValueFrom(timer(milliseconds).pipe(takeUntil(stop$)), { defaultValue: undefined }),
};
