import { WebEngageError } from './webengage.error.js';

/**
 * The failed event may have reached WebEngage, and WebEngage would not recognise a duplicate: sending it again could
 * ingest it twice. To send it all the same, hand its `event` to `track()`.
 */
export class RetryRefusedError extends WebEngageError {
  override readonly name = 'RetryRefusedError';

  constructor(
    /** The `x-request-id` under which the event was sent. */
    readonly requestId: string,
    /** Why WebEngage would not recognise a duplicate. */
    why: string,
  ) {
    super(
      `The event (x-request-id ${requestId}) may have been ingested, and ${why}: a re-attempt could ingest it twice. ` +
        'Hand its event to track() to send it all the same',
    );
  }
}
