import type { ExecutionContext } from '@nestjs/common';
import type { DataField, EventType, ValuesOf } from '../events/event-class.js';
import type { EventDataOf } from '../events/webengage-events.js';

/** What a handler was called with and what it answered; the argument of every mapper of `@TrackEvent()`. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a mapper without annotations is to compile
export interface TrackEventContext<Result = any, Request = any> {
  /**
   * What the handler was called for: the HTTP request; for GraphQL the `req` of its context, or with Mercurius the
   * request of its `reply`; for WebSockets the client; for microservices the transport's context.
   */
  readonly request: Request;
  /** The handler's last value, as an interceptor in the decorator's place sees it. */
  readonly result: Result;
  readonly executionContext: ExecutionContext;
}

/** A value, or a function that makes one of the handler's request and result; null counts as not given. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
export type Mappable<Value, Result = any, Request = any> =
  | Value
  | ((context: TrackEventContext<Result, Request>) => Value | null | undefined | Promise<Value | null | undefined>);

/** Whom an event is about. */
export interface UserRef {
  readonly userId?: string | undefined;
  readonly anonymousId?: string | undefined;
}

/** Answers whom the events of `@TrackEvent()` are about, where the decorator itself does not say. */
export type Identify = (context: TrackEventContext) => UserRef | null | undefined | Promise<UserRef | null | undefined>;

/* eslint-disable @typescript-eslint/no-explicit-any -- as above */

/** What `@TrackEvent()` takes besides the event's name or class and its attributes. */
interface CommonOptions<Result, Request> {
  /** Default: the module's `identify`, else `id`, `userId` or `sub` of `request.user`. */
  readonly userId?: Mappable<string, Result, Request>;
  readonly anonymousId?: Mappable<string, Result, Request>;
  /** Default: the time at which the handler completed. */
  readonly eventTime?: Mappable<string | Date, Result, Request>;
  /** Whether there is an event at all; null and undefined mean no, as false does. Default: true. */
  readonly when?: Mappable<boolean, Result, Request>;
  /** The account to which the event goes: the `account` of one of several modules. Default: the unnamed one. */
  readonly account?: string;
}

/** `eventData`: the attributes by name; those that `WebEngageEvents` says of the event's name, if it says any. */
export type TrackEventOptions<Result = any, Request = any, Name extends string = string> = CommonOptions<
  Result,
  Request
> &
  DataField<EventDataOf<Name>, Mappable<EventDataOf<Name>, Result, Request>>;

/** `eventData`: the values by the class's properties. */
export type TrackClassOptions<Event, Result = any, Request = any> = CommonOptions<Result, Request> &
  DataField<ValuesOf<Event>, Mappable<ValuesOf<Event>, Result, Request>>;

/** All that one `@TrackEvent()` says. */
export interface TrackEventDefinition extends CommonOptions<any, any> {
  /** Absent where there is a class. */
  readonly eventName?: Mappable<string> | undefined;
  readonly eventClass?: EventType | undefined;
  /** Why there can be no event, in words after the handler's name. */
  readonly problem?: string | undefined;
  readonly eventData?: Mappable<object> | undefined;
}
