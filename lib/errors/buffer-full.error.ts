import { WebEngageError } from './webengage.error.js';

/**
 * More events wait for delivery than the delivery's bounds allow. The event was not taken: nothing of it was or
 * will be sent. Slow down, or raise the bound that the message names.
 */
export class BufferFullError extends WebEngageError {
  override readonly name = 'BufferFullError';

  constructor(
    /** The option that sets the bound. */
    readonly option: 'maxPending' | 'maxPendingBytes',
    readonly limit: number,
    /** What would be pending with the refused events. */
    readonly actual: number,
  ) {
    super(
      `Too much is pending: delivery.${option} is ${limit}, and with this it would be ${actual}. ` +
        `The event was not taken; wait for earlier ones, or raise delivery.${option}`,
    );
  }
}
