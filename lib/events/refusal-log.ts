import type { Log } from '../common/log.js';
import { OnceLog } from '../common/once-log.js';
import { BufferFullError } from '../errors/buffer-full.error.js';

const IDS_LISTED = 10;

/**
 * Logs events that were not accepted. Where `track()` rejects, the rejection is the report; each kind of refusal is
 * logged once all the same, for those who never await it. Where `track()` only reports, every refusal is logged.
 */
export class RefusalLog {
  private readonly once: OnceLog;
  private isFull = false;

  constructor(
    private readonly log: Log,
    private readonly onRefused: 'reject' | 'report',
  ) {
    this.once = new OnceLog(log);
  }

  refused(error: Error, requestIds: readonly string[]): void {
    if (error instanceof BufferFullError) this.foundNoRoom(error);
    else if (this.onRefused === 'report') {
      this.log.warn(`Refused (x-request-id ${listed(requestIds)}): ${error.message}`);
    } else this.once.say('warn', `Refused: ${error.message}`);
  }

  accepted(): void {
    this.isFull = false;
  }

  private foundNoRoom(error: BufferFullError): void {
    if (!this.isFull) this.log.error(`${error.message}. Further refusals are counted in stats(), not logged`);
    this.isFull = true;
  }
}

function listed(requestIds: readonly string[]): string {
  const more = requestIds.length - IDS_LISTED;
  return requestIds.slice(0, IDS_LISTED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
