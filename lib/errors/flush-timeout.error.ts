import { WebEngageError } from './webengage.error.js';

/** `flush()` waited as long as it was told to, and events are still on their way. They go on being delivered. */
export class FlushTimeoutError extends WebEngageError {
  override readonly name = 'FlushTimeoutError';

  constructor(
    /** Accepted events whose outcome is open, and events of `@TrackEvent()` that wait for a mapper. */
    readonly pending: number,
    /** How long `flush()` waited, in milliseconds. */
    readonly timeout: number,
  ) {
    super(`${pending} events are still pending after ${timeout} ms`);
  }
}
