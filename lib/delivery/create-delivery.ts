import type { ResolvedBackgroundDelivery } from '../configuration/resolve-delivery.js';
import type { ResolvedOptions } from '../configuration/resolve-options.js';
import { BackgroundDelivery } from './background/background.delivery.js';
import { Breaker } from './background/breaker.js';
import { Lane } from './background/lane.js';
import { Scheduler } from './background/scheduler.js';
import type { Delivery } from './delivery.js';
import type { DeliveryTools } from './delivery-tools.js';
import { DirectDelivery } from './direct/direct.delivery.js';
import { QuotaGovernor } from './quota/quota-governor.js';

/** The longest pause that direct delivery makes because WebEngage asks for it: its quota is one of a minute. */
const LONGEST_DIRECT_PAUSE = 60_000;

type RetryOptions = ResolvedOptions['retry'];

/** Makes the delivery that the options ask for. */
export function createDelivery(
  { delivery, retry }: Pick<ResolvedOptions, 'delivery' | 'retry'>,
  tools: DeliveryTools,
): Delivery {
  if (delivery.mode === 'background') return createBackgroundDelivery(delivery, retry, tools);
  const maxRetryAfter = Math.max(LONGEST_DIRECT_PAUSE, retry.maxDelay);
  const { sender, ledger, clock, random } = tools;
  return new DirectDelivery({ ...delivery, retry: { ...retry, maxRetryAfter } }, sender, ledger, clock, random);
}

function createBackgroundDelivery(
  delivery: ResolvedBackgroundDelivery,
  retry: RetryOptions,
  tools: DeliveryTools,
): BackgroundDelivery {
  const { single, bulk, interval } = delivery.quota;
  const lanes = {
    single: new Lane(new QuotaGovernor(single, interval)),
    bulk: new Lane(new QuotaGovernor(bulk, interval)),
  };
  return new BackgroundDelivery(
    { ...delivery, retry: { ...retry, maxRetryAfter: Infinity } },
    {
      ...tools,
      scheduler: new Scheduler(delivery, lanes, tools.requestIds),
      breaker: new Breaker(retry, tools.log, tools.random),
    },
  );
}
