import type { DeliveryFactory } from '../delivery/delivery.js';
import type { PendingLimits } from '../delivery/pending-bounds.js';
import type { BulkPolicy, Overflow, QuotaOptions } from '../webengage.options.js';
import type { OptionProblems } from './option-problems.js';

const MEBIBYTE = 1_048_576;
const DEFAULTS = {
  maxPending: 10_000,
  maxPendingBytes: 64 * MEBIBYTE,
  concurrency: 16,
  shutdownTimeout: 10_000,
};
/** What WebEngage lets an account do in a minute. */
const WEBENGAGE_QUOTA = { single: 5_000, bulk: 500, interval: 60_000 };
const BACKGROUND_ONLY = ['overflow', 'quota', 'bulk', 'bulkAfter'];

interface CommonDelivery extends PendingLimits {
  readonly concurrency: number;
  readonly shutdownTimeout: number;
}

export interface ResolvedDirectDelivery extends CommonDelivery {
  readonly mode: 'direct';
}

export interface ResolvedBackgroundDelivery extends CommonDelivery {
  readonly mode: 'background';
  readonly overflow: Overflow;
  readonly quota: Readonly<Required<QuotaOptions>>;
  readonly bulk: BulkPolicy;
  readonly bulkAfter: number;
}

/** A delivery that is made by a factory from elsewhere; it has its own options. */
export interface ResolvedCustomDelivery extends Pick<CommonDelivery, 'maxPending' | 'shutdownTimeout'> {
  readonly mode: 'custom';
  readonly create: DeliveryFactory;
}

export type ResolvedDelivery = ResolvedDirectDelivery | ResolvedBackgroundDelivery | ResolvedCustomDelivery;

/** Checks the `delivery` option and fills in its defaults. */
export function resolveDelivery(problems: OptionProblems, given: unknown): ResolvedDelivery {
  if (typeof given === 'function') {
    const { maxPending, shutdownTimeout } = DEFAULTS;
    return { mode: 'custom', create: given as DeliveryFactory, maxPending, shutdownTimeout };
  }
  const delivery = problems.object('delivery', given);
  const mode = problems.oneOf('delivery.mode', delivery.mode, ['background', 'direct'], 'background');
  const common = { ...resolvePending(problems, delivery), ...resolveWork(problems, delivery) };
  if (mode === 'direct') {
    for (const option of BACKGROUND_ONLY) {
      if (delivery[option] !== undefined)
        problems.add(`delivery.${option}`, 'has no meaning with delivery.mode "direct"');
    }
    return { mode, ...common };
  }
  return {
    mode,
    ...common,
    overflow: problems.oneOf('delivery.overflow', delivery.overflow, ['reject', 'drop-oldest'], 'reject'),
    quota: resolveQuota(problems, delivery.quota),
    bulk: problems.oneOf('delivery.bulk', delivery.bulk, ['never', 'backlog', 'always'], 'backlog'),
    bulkAfter: problems.milliseconds('delivery.bulkAfter', delivery.bulkAfter, 5_000),
  };
}

/** Checks how much may be pending. */
export function resolvePending(problems: OptionProblems, delivery: Record<string, unknown>): PendingLimits {
  const { maxPending, maxPendingBytes } = DEFAULTS;
  return {
    maxPending: problems.wholeNumber('delivery.maxPending', delivery.maxPending, maxPending, 1),
    maxPendingBytes: problems.wholeNumber('delivery.maxPendingBytes', delivery.maxPendingBytes, maxPendingBytes, 1),
  };
}

/** Checks how much is done at one time, and how long a shutdown waits for it. */
export function resolveWork(
  problems: OptionProblems,
  delivery: Record<string, unknown>,
): Pick<CommonDelivery, 'concurrency' | 'shutdownTimeout'> {
  const { concurrency, shutdownTimeout } = DEFAULTS;
  return {
    concurrency: problems.wholeNumber('delivery.concurrency', delivery.concurrency, concurrency, 1),
    shutdownTimeout: problems.milliseconds('delivery.shutdownTimeout', delivery.shutdownTimeout, shutdownTimeout),
  };
}

/** Checks the account's quota. */
export function resolveQuota(problems: OptionProblems, given: unknown): Readonly<Required<QuotaOptions>> {
  const quota = problems.object('delivery.quota', given);
  return {
    single: problems.wholeNumber('delivery.quota.single', quota.single, WEBENGAGE_QUOTA.single, 1),
    bulk: problems.wholeNumber('delivery.quota.bulk', quota.bulk, WEBENGAGE_QUOTA.bulk, 1),
    interval: problems.milliseconds('delivery.quota.interval', quota.interval, WEBENGAGE_QUOTA.interval, 1),
  };
}

/** The quota that a delivery keeps to; WebEngage's own where that is up to the delivery. */
export function quotaOf(delivery: ResolvedDelivery): Readonly<Required<QuotaOptions>> {
  return delivery.mode === 'background' ? delivery.quota : WEBENGAGE_QUOTA;
}
