import { WebEngageError } from './webengage.error.js';

/** The application has shut down its WebEngage module; the event was not taken. */
export class ShutDownError extends WebEngageError {
  override readonly name = 'ShutDownError';

  constructor() {
    super('The WebEngage module is shut down; the event was not taken');
  }
}
