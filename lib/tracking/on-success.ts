import { type MonoTypeOperatorFunction, Observable, Subject, takeUntil } from 'rxjs';

/** What counts as the success of a handler, beside an observable that completes with a value. */
export interface SuccessRules {
  /** Whether an observable that completes without a value is none. */
  readonly needsValue: boolean;
  /** Whether the handler answers with one value: whoever takes it and leaves has its answer. */
  readonly answersOnce: boolean;
}

/**
 * Calls back, once at most, with the last value: when the source completes or, where one value is the answer, when
 * whoever has just taken a value leaves, as `firstValueFrom()` does. (So does an operator that fails on a value, which
 * cannot be told apart.) A source that fails, or is left between values, is no success.
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
      // A source may go on, complete or fail while it is still handing over a value.
      let isOver = false;
      return source.pipe(takeUntil(left$)).subscribe({
        next: (value) => {
          lastValue = value;
          hasValue = true;
          subscriber.next(value);
          if (isOver || !subscriber.closed) return;
          isOver = true;
          // Also stops a source that emits without end before it could be unsubscribed from.
          left$.next();
          if (answersOnce) callback(lastValue);
        },
        error: (error) => {
          isOver = true;
          subscriber.error(error);
        },
        complete: () => {
          // Where it was left already, whoever took the last value decides, in next.
          const isSuccess = !isOver && !subscriber.closed && (hasValue || !needsValue);
          isOver ||= isSuccess;
          if (isSuccess) callback(lastValue);
          subscriber.complete();
        },
      });
    });
}
