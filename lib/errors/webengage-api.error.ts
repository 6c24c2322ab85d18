import type { FailureReason } from '../delivery/delivery-events.js';
import { WebEngageError } from './webengage.error.js';

/**
 * WebEngage refused the event, or could not be reached, and no further attempt will be made.
 *
 * `status` is WebEngage's HTTP status, or undefined when no answer came (timeout, connection refused or reset).
 * The message holds what WebEngage said, never the API key.
 */
export class WebEngageApiError extends WebEngageError {
  override readonly name = 'WebEngageApiError';

  constructor(
    readonly status: number | undefined,
    message: string,
    /** The `x-request-id` under which the event was sent. */
    readonly requestId: string,
    /** How many times the event was sent. */
    readonly attempts: number,
    /** Why no further attempt will be made. */
    readonly reason: FailureReason,
  ) {
    super(message);
  }
}
