import { WebEngageError } from './webengage.error.js';

/** A wait for an event ended without it. */
export class WaitTimeoutError extends WebEngageError {
  override readonly name = 'WaitTimeoutError';

  constructor(
    /** How long it waited, in milliseconds. */
    readonly timeout: number,
    /** What came in instead, in words. */
    instead: string,
  ) {
    super(`No such event came in within ${timeout} ms. ${instead}`);
  }
}
