import { describeThrown, describeValue } from '../common/describe-value.js';
import { isPromiseLike, observed } from '../common/maybe-promise.js';
import { WebEngageError } from '../errors/webengage.error.js';
import type { EventBody } from './read-event.js';

/** Changes an event, or drops it by returning `null`, before it is frozen. */
export type BeforeSend = (event: EventBody) => EventBody | null;

/**
 * What a user's function makes of an event, which gets a copy of its own.
 *
 * @throws {WebEngageError} it failed, or returned what is no event: then the event must not be sent as it was
 */
export function applyBeforeSend(beforeSend: BeforeSend, json: string): object | null {
  let result: unknown;
  let isPromise: boolean;
  try {
    result = beforeSend(JSON.parse(json) as EventBody);
    // In here, for even to look at it may fail.
    isPromise = isPromiseLike(result);
  } catch (error) {
    throw new WebEngageError(`beforeSend failed, so the event is not sent: ${describeThrown(error)}`);
  }
  if (isPromise) {
    void observed(Promise.resolve(result));
    throw new WebEngageError('beforeSend must return the event or null at once, but it returned a promise');
  }
  if (typeof result === 'object') return result;
  throw new WebEngageError(`beforeSend must return the event or null, but it returned ${describeValue(result)}`);
}
