import type { Clock } from './clock.js';
import type { DeliveryLog } from './delivery-log.js';
import type { EventSender } from './event-sender.js';
import type { Ledger } from './ledger.js';
import type { RequestIds } from './request-ids.js';

/** What every delivery works with. */
export interface DeliveryTools {
  readonly sender: EventSender;
  readonly ledger: Ledger;
  readonly log: DeliveryLog;
  readonly requestIds: RequestIds;
  readonly clock: Clock;
  readonly random: () => number;
}
