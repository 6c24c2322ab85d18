import type { PendingLimits } from '../delivery/pending-bounds.js';
import type { BulkPolicy, Overflow, QuotaOptions } from '../webengage.options.js';
import type { OptionProblems } from './option-problems.js';

const MEBIBYTE = 1_048_576;
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

export type ResolvedDelivery = ResolvedDirectDelivery | ResolvedBackgroundDelivery;

/** Checks the `delivery` option and fills in its defaults. */
export function resolveDelivery(problems: OptionProblems, given: unknown): ResolvedDelivery {
  const delivery = problems.object('delivery', given);
  const mode = problems.oneOf('delivery.mode', delivery.mode, ['background', 'direct'], 'background');
  const common = {
    maxPending: problems.wholeNumber('delivery.maxPending', delivery.maxPending, 10_000, 1),
    maxPendingBytes: problems.wholeNumber('delivery.maxPendingBytes', delivery.maxPendingBytes, 64 * MEBIBYTE, 1),
    concurrency: problems.wholeNumber('delivery.concurrency', delivery.concurrency, 16, 1),
    shutdownTimeout: problems.milliseconds('delivery.shutdownTimeout', delivery.shutdownTimeout, 10_000),
  };
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

function resolveQuota(problems: OptionProblems, given: unknown): ResolvedBackgroundDelivery['quota'] {
  const quota = problems.object('delivery.quota', given);
  return {
    single: problems.wholeNumber('delivery.quota.single', quota.single, 5_000, 1),
    bulk: problems.wholeNumber('delivery.quota.bulk', quota.bulk, 500, 1),
    interval: problems.milliseconds('delivery.quota.interval', quota.interval, 60_000, 1),
  };
}
