import type { Log } from '../common/log.js';
import type { Clock } from './clock.js';
import type { DeliveryLog } from './delivery-log.js';
import type { EventSender } from './event-sender.js';
import type { Ledger } from './ledger.js';
import type { RequestIds } from './request-ids.js';
import type { RetryLimits } from './retry-policy.js';

/** What every delivery works with. */
export interface DeliveryTools {
  /** Makes calls to WebEngage and says what came of them. */
  readonly sender: EventSender;
  /** Counts what becomes of every event, and tells `delivered$` and `failed$`. */
  readonly ledger: Ledger;
  readonly log: DeliveryLog;
  readonly requestIds: RequestIds;
  readonly clock: Clock;
  /** At least 0, less than 1. */
  readonly random: () => number;
  readonly settings: DeliverySettings;
}

/** What the module's options say to every delivery. */
export interface DeliverySettings {
  /** Whose events they are: the name of the module's `account`, if it has one. */
  readonly account: string | undefined;
  readonly licenseCode: string;
  /** How long one attempt may take, in milliseconds. */
  readonly timeout: number;
  readonly retry: Omit<RetryLimits, 'maxRetryAfter'>;
  /** Where to write what no other tool says. */
  readonly logger: Log;
}
