import type { DeliveryHealth } from '../delivery/health/delivery-health.js';
import type { CallKind } from '../http/outgoing-call.js';
import type { HealthLimits } from './health-options.js';

const CALLS: readonly { readonly kind: CallKind; readonly name: string }[] = [
  { kind: 'single', name: 'calls with one event' },
  { kind: 'bulk', name: 'bulk calls' },
];

/**
 * Everything for which delivery is to be called unhealthy, in words; nothing if it is well.
 *
 * @param now in milliseconds since 1970
 * @param startedAt when this process began to deliver: what waited before that waited for another one
 */
export function reasonsToBeDown(
  health: DeliveryHealth,
  limits: HealthLimits,
  now: number,
  startedAt = -Infinity,
): string[] {
  const { maxPending, maxPendingAge, maxQuotaUse, maxSinceDelivered, whenPaused } = limits;
  const { pending, oldestPendingAge = 0, pausedReason, quotaUse } = health;
  const stalled = stalledFor(health, now, startedAt);
  const reasons: string[] = [];
  if (pausedReason !== undefined && whenPaused === 'down') reasons.push(`delivery is paused: ${pausedReason}`);
  if (pending > maxPending) reasons.push(`${pending} events are pending, which is more than maxPending: ${maxPending}`);
  if (oldestPendingAge > maxPendingAge) {
    reasons.push(
      `the oldest event has been pending for ${oldestPendingAge} ms, which is more than maxPendingAge: ${maxPendingAge}`,
    );
  }
  if (stalled > maxSinceDelivered) {
    reasons.push(
      `nothing was delivered for ${stalled} ms although something was pending, which is more than maxSinceDelivered: ${maxSinceDelivered}`,
    );
  }
  for (const { kind, name } of CALLS) {
    if (quotaUse[kind] > maxQuotaUse)
      reasons.push(
        `${quotaUse[kind]} of the quota of ${name} is used up, which is more than maxQuotaUse: ${maxQuotaUse}`,
      );
  }
  return reasons;
}

/**
 * For how long nothing was delivered while something was pending. An event after a quiet hour has waited no longer than
 * since it was tracked.
 */
function stalledFor({ oldestPendingAge = 0, lastDeliveredAt }: DeliveryHealth, now: number, startedAt: number): number {
  return Math.max(0, Math.min(oldestPendingAge, now - (lastDeliveredAt ?? startedAt)));
}
