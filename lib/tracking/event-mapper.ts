import { isPromiseLike, observed, type MaybePromise } from '../common/maybe-promise.js';
import type { EventSubject } from '../events/event-class.js';
import { findUser } from './find-user.js';
import type { Identify, Mappable, TrackEventContext, TrackEventDefinition, UserRef } from './track-event.options.js';
import { refTo } from './user-ref.js';

/** What a handler's request and result make of an event; without a name where a class knows it. */
export interface MappedEvent extends EventSubject {
  readonly eventName?: string;
  readonly eventData?: object;
}

/** Why a handler's success makes no event. */
export type NoEvent = 'not wanted' | 'nobody';

/**
 * Makes an event of a handler's request and result. Every mapper is called before this function returns, because
 * both may change afterwards; promises that mappers return are awaited apart. Throws and rejects as the mappers do.
 */
export function mapEvent(
  definition: TrackEventDefinition,
  context: TrackEventContext,
  identify: Identify | undefined,
): MaybePromise<MappedEvent | NoEvent> {
  const mapped = buildIfWanted(definition, context, identify);
  if (!isPromiseLike(mapped)) return mapped;
  const completedAt = new Date();
  return mapped.then((event) => (typeof event === 'string' ? event : { eventTime: completedAt, ...event }));
}

function buildIfWanted(
  definition: TrackEventDefinition,
  context: TrackEventContext,
  identify: Identify | undefined,
): MaybePromise<MappedEvent | NoEvent> {
  if (definition.when === undefined) return build(definition, context, identify);
  const wanted = evaluate(definition.when, context);
  if (!isPromiseLike(wanted)) return wanted ? build(definition, context, identify) : 'not wanted';
  const event = started(() => build(definition, context, identify));
  return wanted.then((isWanted): MaybePromise<MappedEvent | NoEvent> => (isWanted ? event : 'not wanted'));
}

function build(
  definition: TrackEventDefinition,
  context: TrackEventContext,
  identify: Identify | undefined,
): MaybePromise<MappedEvent | NoEvent> {
  const eventName = evaluate(definition.eventName, context);
  const eventTime = evaluate(definition.eventTime, context);
  const eventData = evaluate(definition.eventData, context);
  const user = userOf(definition, context, identify);
  if (![eventName, eventTime, eventData, user].some(isPromiseLike)) {
    return assemble({ eventName, eventTime, eventData, user } as EventParts);
  }
  return Promise.all([eventName, eventTime, eventData, user]).then((parts) =>
    assemble({ eventName: parts[0], eventTime: parts[1], eventData: parts[2], user: parts[3] }),
  );
}

interface EventParts {
  readonly eventName: string | undefined;
  readonly eventTime: string | Date | undefined;
  readonly eventData: object | undefined;
  readonly user: UserRef | undefined;
}

function assemble({ eventName, eventTime, eventData, user }: EventParts): MappedEvent | NoEvent {
  if (user === undefined) return 'nobody';
  return {
    ...user,
    ...(eventName === undefined ? undefined : { eventName }),
    ...(eventTime === undefined ? undefined : { eventTime }),
    ...(eventData === undefined ? undefined : { eventData }),
  };
}

function userOf(
  definition: TrackEventDefinition,
  context: TrackEventContext,
  identify: Identify | undefined,
): MaybePromise<UserRef | undefined> {
  const userId = evaluate(definition.userId, context);
  const anonymousId = evaluate(definition.anonymousId, context);
  if (!isPromiseLike(userId) && !isPromiseLike(anonymousId)) {
    return refTo(userId, anonymousId) ?? findUser(context, identify);
  }
  // Looked for now, in case the promises say nobody: later the request may have changed.
  const found = started(() => findUser(context, identify));
  return Promise.all([userId, anonymousId]).then(([user, anonymous]) => refTo(user, anonymous) ?? found);
}

function evaluate<Value>(
  mappable: Mappable<Value> | undefined,
  context: TrackEventContext,
): MaybePromise<Value | undefined> {
  const value =
    typeof mappable === 'function'
      ? (mappable as (context: TrackEventContext) => MaybePromise<Value | null | undefined>)(context)
      : mappable;
  if (!isPromiseLike(value)) return value ?? undefined;
  // Observed, because a later mapper may throw before anybody awaits this one.
  return observed(Promise.resolve(value).then((given) => given ?? undefined));
}

/** Runs at once; what it throws waits in the promise until somebody asks for it. */
function started<Value>(run: () => MaybePromise<Value>): Promise<Value> {
  return observed(new Promise<Value>((resolve) => resolve(run())));
}
