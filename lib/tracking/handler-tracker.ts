import type { ExecutionContext, InjectionToken } from '@nestjs/common';
import type { Log } from '../common/log.js';
import { isPromiseLike, observed, type MaybePromise } from '../common/maybe-promise.js';
import { OnceLog } from '../common/once-log.js';
import { waitAtMost } from '../common/wait-at-most.js';
import type { Ledger } from '../delivery/ledger.js';
import { WebEngageError } from '../errors/webengage.error.js';
import type { EventsService } from '../events/events.service.js';
import type { TrackEventInput } from '../events/track-event-input.js';
import { type MappedEvent, mapEvent, type NoEvent } from './event-mapper.js';
import { handlerName, requestOf } from './handler-context.js';
import type { Identify, TrackEventDefinition } from './track-event.options.js';

const MAPPER_TIMEOUT = 30_000;
const ERROR_TEXT_LENGTH = 4_000;
const KIND_LENGTH = 100;

export interface HandlerTrackerOptions {
  readonly identify: Identify | undefined;
  /** How many events may wait for a mapper's promise at one time. */
  readonly maxEvaluating: number;
}

/** The injection token of the `HandlerTracker` of an account. */
export function getHandlerTrackerToken(account?: string): InjectionToken<HandlerTracker> {
  return account === undefined ? HandlerTracker : `WebEngageHandlerTracker(${account})`;
}

/** Tracks the events of decorated handlers. Whatever goes wrong ends in the log and the ledger, never in the handler. */
export class HandlerTracker {
  private readonly remarks: OnceLog;

  constructor(
    private readonly options: HandlerTrackerOptions,
    private readonly events: EventsService,
    private readonly ledger: Ledger,
    log: Log,
  ) {
    this.remarks = new OnceLog(log);
  }

  /** Called when a handler has succeeded. Neither throws nor makes anybody wait. */
  handlerSucceeded(definition: TrackEventDefinition, executionContext: ExecutionContext, result: unknown): void {
    if (definition.problem !== undefined) return this.definedWrongly(definition.problem, executionContext);
    try {
      const context = { request: requestOf(executionContext), result, executionContext };
      const mapped = mapEvent(definition, context, this.options.identify);
      if (isPromiseLike(mapped))
        void this.ledger.whileEvaluating(this.trackLater(definition, mapped, executionContext));
      else this.track(definition, mapped, executionContext);
    } catch (error) {
      this.mappingFailed(error, executionContext);
    }
  }

  private async trackLater(
    definition: TrackEventDefinition,
    mapped: PromiseLike<MappedEvent | NoEvent>,
    handler: ExecutionContext,
  ): Promise<void> {
    try {
      if (this.ledger.stats().evaluating >= this.options.maxEvaluating) {
        void observed(Promise.resolve(mapped));
        throw new WebEngageError(`more than ${this.options.maxEvaluating} events wait for their functions' promises`);
      }
      const timedOut = () => Promise.reject(new WebEngageError(`no value within ${MAPPER_TIMEOUT} ms`));
      this.track(definition, await waitAtMost(mapped, MAPPER_TIMEOUT, timedOut, { unref: true }), handler);
    } catch (error) {
      this.mappingFailed(error, handler);
    }
  }

  private track({ eventClass }: TrackEventDefinition, event: MappedEvent | NoEvent, handler: ExecutionContext): void {
    if (typeof event === 'string') {
      this.ledger.skip(1);
      if (event === 'nobody') this.remarkOnNobody(handler);
      return;
    }
    // What fails from here on, the service counts and logs. A test's mock in its place may return no promise.
    const tracked: MaybePromise<unknown> =
      eventClass === undefined ? this.events.track(event as TrackEventInput) : this.events.track(eventClass, event);
    if (isPromiseLike(tracked)) void observed(Promise.resolve(tracked));
  }

  private remarkOnNobody(handler: ExecutionContext): void {
    this.remarks.say(
      'warn',
      `@TrackEvent() on ${handlerName(handler)}: no event, because nobody is known whom it would be about: neither its ` +
        "userId and anonymousId, nor the module's identify function, nor request.user name anybody",
    );
  }

  private definedWrongly(problem: string, handler: ExecutionContext): void {
    this.refuse(`@TrackEvent() on ${handlerName(handler)} tracks nothing: ${problem}`);
  }

  private mappingFailed(error: unknown, handler: ExecutionContext): void {
    const name = handlerName(handler);
    this.refuse(
      `@TrackEvent() on ${name}: no event, because one of its functions, or the module's identify, failed: ${textOf(error)}`,
      // Once for each kind of error: its text may hold what differs from call to call.
      `${name}: ${kindOf(error)}`,
    );
  }

  private refuse(why: string, kind = why): void {
    this.ledger.refuse(1, why);
    this.remarks.say('error', why, kind);
  }
}

function kindOf(error: unknown): string {
  try {
    return error instanceof Error ? String(error.name).slice(0, KIND_LENGTH) : typeof error;
  } catch {
    return 'unreadable';
  }
}

function textOf(error: unknown): string {
  try {
    return String(error instanceof Error ? (error.stack ?? error.message) : error).slice(0, ERROR_TEXT_LENGTH);
  } catch {
    return 'something unreadable was thrown';
  }
}
