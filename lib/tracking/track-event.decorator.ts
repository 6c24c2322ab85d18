import { UseInterceptors } from '@nestjs/common';
import { isEventClass } from '../catalog/event-class/event-class-metadata.js';
import type { ConstructibleType, EventType } from '../events/event-class.js';
import { createTrackEventInterceptor } from './track-event.interceptor.js';
import type { Mappable, TrackClassOptions, TrackEventDefinition, TrackEventOptions } from './track-event.options.js';

/* eslint-disable @typescript-eslint/no-explicit-any -- a mapper without annotations is to compile */

/**
 * Tracks an event each time the handler succeeds. The handler's response is never changed, delayed or failed by it:
 * mappers that throw, users that are unknown and events that break a rule end in the log and in `stats()`.
 *
 * There is one event per successful call, on completion: an observable's last value is the `result`. A handler that
 * throws, an HTTP or GraphQL observable without a value, and a stream of SSE or WebSockets that its client leaves make
 * no event. The decorator may be repeated on a handler.
 *
 * @param event a name, a function that makes one of `{ request, result, executionContext }`, or a class with
 *   `@WebEngageEvent()`, whose properties then type `eventData`
 * @param options each a value or such a function, which may return a promise. Functions are called when the handler
 *   completes; a promise may take 30 seconds, and an object that comes beside one is read when it has settled. Without
 *   `userId` and `anonymousId` the module's `identify` is asked, then `id`, `userId` and `sub` of `request.user`.
 *
 * @example
 * @Post('cart')
 * @TrackEvent('Added to Cart', {
 *   eventData: ({ result }: TrackEventContext<CartLine>) => ({ 'Product ID': result.productId, Price: result.price }),
 * })
 * add(@Body() body: AddToCartDto): Promise<CartLine> { … }
 *
 * @TrackEvent(AddedToCart, { eventData: ({ result }) => ({ productId: result.productId, price: result.price }) })
 */
// This one first: a function's argument gets its type from the first signature that takes functions.
export function TrackEvent<Result = any, Request = any, Name extends string = string>(
  event: Name | Mappable<string, Result, Request>,
  ...options: OptionalIfEmpty<TrackEventOptions<Result, Request, Name>>
): MethodDecorator;
export function TrackEvent<Event extends object, Result = any, Request = any>(
  event: ConstructibleType<Event>,
  ...options: OptionalIfEmpty<TrackClassOptions<Event, Result, Request>>
): MethodDecorator;
export function TrackEvent(
  event: EventType | Mappable<string>,
  options: TrackEventOptions | TrackClassOptions<object> = {},
): MethodDecorator {
  return UseInterceptors(createTrackEventInterceptor({ ...options, ...read(event) }));
}

/** Whether it is a class, a name or a function that makes one. Nothing is thrown: a decorator's error names no place. */
function read(event: EventType | Mappable<string> | undefined): Partial<TrackEventDefinition> {
  if (isEventClass(event)) return { eventClass: event };
  if (event === undefined) return { problem: 'its event is undefined: do files import one another in a circle?' };
  const isClass = typeof event === 'function' && Function.prototype.toString.call(event).startsWith('class');
  return isClass ? { problem: `${event.name} has no @WebEngageEvent()` } : { eventName: event };
}

/** Options may be left out where none of them is mandatory. */
type OptionalIfEmpty<Options> = Partial<Options> extends Options ? [options?: Options] : [options: Options];
