import { type MonoTypeOperatorFunction, Observable, Subject, takeUntil } from 'rxjs';

/** What counts as the success of a handler, beside an observable that completes with a value. */
export interface SuccessRules {
  /** Whether an observable that completes without a value is none. */
  readonly needsValue: boolean;
  /** Whether the handler answers with one value: whoever takes it and leaves has its answer. */
  readonly answersOnce: boolean;
}

/**
 * Calls back with the last value when the source completes, or when it is left by whoever has just taken a value of it,
 * as `firstValueFrom()` does. A source that fails, or is left between values, is no success.
 */
export function onSuccess<Value>(
  { needsValue, answersOnce }: SuccessRules,
  callback: (lastValue: Value | undefined) => void,
): MonoTypeOperatorFunction<Value> {
  return (source) =>
    new Observable((subscriber) => {
      const left$ = new Subject<void>();
      let lastValue: Value | undefined;
      let hasValue = false;
      return source.pipe(takeUntil(left$)).subscribe({
        next: (value) => {
          lastValue = value;
          hasValue = true;
          subscriber.next(value);
          if (!subscriber.closed) return;
          // Also stops a source that emits without end before it could be unsubscribed from.
          left$.next();
          if (answersOnce) callback(value);
        },
        error: (error) => subscriber.error(error),
        complete: () => {
          if (!subscriber.closed && (hasValue || !needsValue)) callback(lastValue);
          subscriber.complete();
        },
      });
    });
}
