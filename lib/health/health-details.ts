import type { DeliveryHealth } from '../delivery/health/delivery-health.js';

/**
 * What stands under the indicator's key, beside `status`.
 */
// A type, not an interface: Terminus takes what has an index signature.
export type WebEngageHealthDetails = Omit<DeliveryHealth, 'lastDeliveredAt'> & {
  /** When WebEngage last took an event from this process, in ISO 8601. Absent if it has taken none. */
  readonly lastDeliveredAt?: string;
  /** Why the indicator is down; absent when it is up. */
  readonly reasons?: readonly string[];
};

/** The numbers as an answer over HTTP shows them. */
export function detailsOf(
  { lastDeliveredAt, ...health }: DeliveryHealth,
  reasons: readonly string[],
): WebEngageHealthDetails {
  return {
    ...health,
    ...(lastDeliveredAt === undefined ? undefined : { lastDeliveredAt: new Date(lastDeliveredAt).toISOString() }),
    ...(reasons.length === 0 ? undefined : { reasons }),
  };
}
