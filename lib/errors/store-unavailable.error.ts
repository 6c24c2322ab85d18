import { WebEngageError } from './webengage.error.js';

/**
 * The event could not be stored outside this process in time: `track()` of a durable delivery rejects with it. The event
 * was reported on `failed$` too, from where `retry()` can send it again.
 */
export class StoreUnavailableError extends WebEngageError {
  override readonly name = 'StoreUnavailableError';

  constructor(
    /** The event's own id, as its receipt would have it. */
    readonly requestId: string,
    message: string,
    /** Whether the store may have taken it all the same: it was asked to, and did not answer. */
    readonly mayBeStored: boolean,
  ) {
    super(message);
  }
}
