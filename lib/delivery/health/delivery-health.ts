import type { CallKind } from '../../http/outgoing-call.js';
import type { DeliveryLog } from '../delivery-log.js';
import type { FailureReason } from '../delivery-events.js';
import type { HoldReason } from '../hold-listener.js';
import type { Ledger } from '../ledger.js';
import type { QuotaUse } from './quota-use.js';

/** How delivery fares in this process. What is stored outside of it is not in here. */
export interface DeliveryHealth {
  /** Events in this process whose outcome is open. */
  readonly pending: number;
  /** How long ago the oldest of them was accepted, in milliseconds. Absent if nothing is pending. */
  readonly oldestPendingAge?: number;
  /**
   * Why nothing is sent for now: WebEngage cannot be reached, or refuses the credentials. Absent otherwise, and where
   * delivery from memory has nothing to send.
   */
  readonly pausedReason?: HoldReason;
  /** When WebEngage last took an event from this process, in milliseconds since 1970. Absent if it has taken none. */
  readonly lastDeliveredAt?: number;
  /**
   * How much of the account's quota is used up, from 0 to 1, as far as this process knows: by its own calls of the last
   * minute, and by what WebEngage's last answer said.
   */
  readonly quotaUse: Readonly<Record<CallKind, number>>;
  /** How many events were given up, by the reason; together they are `stats().failed`. */
  readonly failedByReason: Readonly<Partial<Record<FailureReason, number>>>;
}

/** Puts together what the parts of delivery know. */
export class DeliveryMonitor {
  constructor(
    private readonly ledger: Pick<Ledger, 'pending' | 'oldestPendingAt' | 'lastDeliveredAt' | 'failedByReason'>,
    private readonly log: Pick<DeliveryLog, 'holdReason'>,
    private readonly quotaUse: QuotaUse,
    private readonly now: () => number,
  ) {}

  health(): DeliveryHealth {
    const { pending, oldestPendingAt, lastDeliveredAt, failedByReason } = this.ledger;
    const holdReason = this.log.holdReason(pending);
    return {
      pending,
      ...(oldestPendingAt === undefined ? undefined : { oldestPendingAge: Math.max(0, this.now() - oldestPendingAt) }),
      ...(holdReason === undefined ? undefined : { pausedReason: holdReason }),
      ...(lastDeliveredAt === undefined ? undefined : { lastDeliveredAt }),
      quotaUse: { single: this.quotaUse.of('single'), bulk: this.quotaUse.of('bulk') },
      failedByReason: { ...failedByReason },
    };
  }
}
