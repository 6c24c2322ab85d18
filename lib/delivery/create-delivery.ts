import { checkMade } from '../configuration/check-made.js';
import type { ResolvedBackgroundDelivery, ResolvedDelivery } from '../configuration/resolve-delivery.js';
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

const METHODS = ['checkRoom', 'accept', 'drain', 'close'] as const;

/**
 * Makes the delivery that the options ask for.
 *
 * @throws {ConfigurationError} (as a rejection) what a factory made is no delivery
 */
export async function createDelivery(delivery: ResolvedDelivery, tools: DeliveryTools): Promise<Delivery> {
  if (delivery.mode === 'custom')
    return checkMade<Delivery>('delivery', 'delivery', await delivery.create(tools), METHODS);
  if (delivery.mode === 'background') return createBackgroundDelivery(delivery, tools);
  const { sender, ledger, clock, random } = tools;
  const { retry } = tools.settings;
  const maxRetryAfter = Math.max(LONGEST_DIRECT_PAUSE, retry.maxDelay);
  return new DirectDelivery({ ...delivery, retry: { ...retry, maxRetryAfter } }, sender, ledger, clock, random);
}

function createBackgroundDelivery(delivery: ResolvedBackgroundDelivery, tools: DeliveryTools): BackgroundDelivery {
  const { single, bulk, interval } = delivery.quota;
  const { retry } = tools.settings;
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
