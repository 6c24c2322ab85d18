import { UseInterceptors } from '@nestjs/common';
import { createTrackEventInterceptor } from './track-event.interceptor.js';
import type { Mappable, TrackEventOptions } from './track-event.options.js';

/**
 * Tracks an event each time the handler succeeds. The handler's response is never changed, delayed or failed by it:
 * mappers that throw, users that are unknown and events that break a rule end in the log and in `stats()`.
 *
 * There is one event per successful call, on completion: an observable's last value is the `result`. A handler that
 * throws, an HTTP observable without a value, and an SSE stream that its client leaves make no event. The decorator
 * may be repeated on a handler.
 *
 * @param eventName a name, or a function that makes one of `{ request, result, executionContext }`
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
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a mapper without annotations is to compile
export function TrackEvent<Result = any, Request = any>(
  eventName: Mappable<string, Result, Request>,
  options: TrackEventOptions<Result, Request> = {},
): MethodDecorator {
  return UseInterceptors(createTrackEventInterceptor({ ...options, eventName }));
}
