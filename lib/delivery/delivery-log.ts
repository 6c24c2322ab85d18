import { quote } from '../common/describe-value.js';
import type { Log } from '../common/log.js';
import type { Failure } from './delivery-events.js';
import type { Envelope } from './envelope.js';

/** Logs changes of state, not events: one line when events begin to fail, one when they arrive again. */
export class DeliveryLog {
  private failedInARow = 0;

  constructor(private readonly log: Log) {}

  failed({ eventName, requestId }: Envelope, { reason, message, attempts }: Failure): void {
    this.failedInARow++;
    if (this.failedInARow > 1) return;
    this.log.error(
      `${quote(eventName)} was not delivered (${reason}; attempts: ${attempts}; x-request-id: ${requestId}): ${message}. ` +
        'Further failures are counted in stats() and reported on failed$, but not logged until an event is delivered again',
    );
  }

  delivered(): void {
    if (this.failedInARow > 1) {
      this.log.log(`Events are delivered again; ${this.failedInARow} failed in the meantime`);
    }
    this.failedInARow = 0;
  }
}
