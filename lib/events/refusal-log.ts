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
  private full: { readonly pending: number; refused: number } | undefined;

  constructor(
    private readonly log: Log,
    private readonly onRefused: 'reject' | 'report',
    private readonly pending: () => number,
  ) {
    this.once = new OnceLog(log);
  }

  refused(error: Error, requestIds: readonly string[]): void {
    if (error instanceof BufferFullError) this.foundNoRoom(error, requestIds.length);
    else if (this.onRefused === 'report') {
      this.log.warn(`Refused (x-request-id ${listed(requestIds)}): ${error.message}`);
    } else
      this.once.say(
        'warn',
        `Refused: ${error.message}. Further ones just like it are counted in stats(), not logged`,
        error.message,
      );
  }

  /** So many events were accepted. */
  accepted(events: number): void {
    // Only once half of it is gone: at the brink, room comes and goes with every event.
    if (this.full === undefined || (this.pending() - events) * 2 > this.full.pending) return;
    this.log.log(`There is room for events again; ${this.full.refused} found none in the meantime`);
    this.full = undefined;
  }

  private foundNoRoom(error: BufferFullError, events: number): void {
    if (!this.full) {
      this.log.error(`${error.message}. Further refusals are counted in stats(), not logged`);
      this.full = { pending: this.pending(), refused: 0 };
    }
    this.full.refused += events;
  }
}

function listed(requestIds: readonly string[]): string {
  const more = requestIds.length - IDS_LISTED;
  return requestIds.slice(0, IDS_LISTED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
