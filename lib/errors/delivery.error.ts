import type { StoreUnavailableError } from './store-unavailable.error.js';
import type { WebEngageApiError } from './webengage-api.error.js';
import { WebEngageError } from './webengage.error.js';

/** One event of a `trackMany()` call that was not delivered. */
export interface DeliveryFailure {
  /** Its index in the array given to `trackMany()`. */
  readonly index: number;
  /** Why; its `requestId` is the one under which the event was sent. */
  readonly error: WebEngageApiError | StoreUnavailableError;
}

/**
 * Some events of a `trackMany()` call were accepted but could not be delivered; the others were. `failures` says
 * which and why; each of them was reported on `failed$` too, from where `retry()` can send it again.
 */
export class DeliveryError extends WebEngageError {
  override readonly name = 'DeliveryError';

  constructor(
    readonly failures: readonly DeliveryFailure[],
    /** How many events the call held. */
    readonly total: number,
  ) {
    super(`${failures.length} of ${total} events were not delivered; the first because: ${failures[0]?.error.message}`);
  }
}
