import { WebEngageError } from '../../errors/webengage.error.js';

/** An event was not tracked as a test expects it. */
export class NotTrackedError extends WebEngageError {
  // Not AssertionError: Jest would rewrite the message of an error with that name.
  override readonly name = 'NotTrackedError';
}
