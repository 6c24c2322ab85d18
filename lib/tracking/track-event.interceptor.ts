import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
  Optional,
  type Type,
} from '@nestjs/common';
import type { Observable } from 'rxjs';
import { createLog } from '../common/log.js';
import { handlerName, isLeft, successRules } from './handler-context.js';
import { getHandlerTrackerToken, type HandlerTracker } from './handler-tracker.js';
import { onSuccess } from './on-success.js';
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
      return next.handle().pipe(
        onSuccess(successRules(executionContext), (result) => {
          if (!isLeft(executionContext)) tracker.handlerSucceeded(definition, executionContext, result);
        }),
      );
    }

    private reportMissing(executionContext: ExecutionContext): void {
      if (this.isMissingReported) return;
      this.isMissingReported = true;
      const account = definition.account === undefined ? '' : ` with account: '${definition.account}'`;
      createLog().error(
        `@TrackEvent() on ${handlerName(executionContext)} tracks nothing: import WebEngageModule${account}, ` +
          'or with isGlobal: false import it where the handler is',
      );
    }
  }
  return TrackEventInterceptor;
}
