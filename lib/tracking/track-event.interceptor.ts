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
import { describeThrown } from '../common/describe-value.js';
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
      return next
        .handle()
        .pipe(onSuccess(successRules(executionContext), (result) => this.succeeded(tracker, executionContext, result)));
    }

    /** Called within the handler's answer, so nothing may escape: a test may have put a mock in the tracker's place. */
    private succeeded(tracker: HandlerTracker, executionContext: ExecutionContext, result: unknown): void {
      try {
        if (!isLeft(executionContext)) tracker.handlerSucceeded(definition, executionContext, result);
      } catch (error) {
        createLog().error(`@TrackEvent() on ${handlerName(executionContext)} tracks nothing: ${describeThrown(error)}`);
      }
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
