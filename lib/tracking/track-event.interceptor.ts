import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  Logger,
  type NestInterceptor,
  Optional,
  type Type,
} from '@nestjs/common';
import { defer, type MonoTypeOperatorFunction, type Observable, tap } from 'rxjs';
import { handlerName, needsValue } from './handler-context.js';
import { getHandlerTrackerToken, type HandlerTracker } from './handler-tracker.js';
import type { TrackEventDefinition } from './track-event.options.js';

/**
 * Makes the interceptor of one `@TrackEvent()`. Each has a class of its own, so that Nest resolves the account's
 * tracker as the handler's module sees it.
 */
export function createTrackEventInterceptor(definition: TrackEventDefinition): Type<NestInterceptor> {
  @Injectable()
  class TrackEventInterceptor implements NestInterceptor {
    private isMissingReported = false;

    // Optional: a unit test of a decorated controller is to run without this module.
    constructor(
      @Optional() @Inject(getHandlerTrackerToken(definition.account)) private readonly tracker?: HandlerTracker,
    ) {}

    intercept(executionContext: ExecutionContext, next: CallHandler): Observable<unknown> {
      const { tracker } = this;
      if (tracker === undefined) {
        this.reportMissing(executionContext);
        return next.handle();
      }
      return next
        .handle()
        .pipe(
          onSuccess(needsValue(executionContext), (result) =>
            tracker.handlerSucceeded(definition, executionContext, result),
          ),
        );
    }

    private reportMissing(executionContext: ExecutionContext): void {
      if (this.isMissingReported) return;
      this.isMissingReported = true;
      const account = definition.account === undefined ? '' : ` with account: '${definition.account}'`;
      new Logger('WebEngage').error(
        `@TrackEvent() on ${handlerName(executionContext)} tracks nothing: import WebEngageModule${account}, ` +
          'or with isGlobal: false import it where the handler is',
      );
    }
  }
  return TrackEventInterceptor;
}

/** Calls back with the last value when the source completes. A source that fails or is left is no success. */
function onSuccess<Value>(
  needsValue: boolean,
  callback: (lastValue: Value | undefined) => void,
): MonoTypeOperatorFunction<Value> {
  return (source) =>
    defer(() => {
      let lastValue: Value | undefined;
      let hasValue = false;
      return source.pipe(
        tap({
          next: (value) => {
            lastValue = value;
            hasValue = true;
          },
          complete: () => {
            if (hasValue || !needsValue) callback(lastValue);
          },
        }),
      );
    });
}
