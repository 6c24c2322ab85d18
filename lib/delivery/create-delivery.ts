import type { ResolvedBackgroundDelivery } from '../configuration/resolve-delivery.js';
import type { ResolvedOptions } from '../configuration/resolve-options.js';
import { BackgroundDelivery } from './background/background.delivery.js';
import { Breaker } from './background/breaker.js';
import { Lane } from './background/lane.js';
import { Scheduler } from './background/scheduler.js';
import type { Clock } from './clock.js';
import type { Delivery } from './delivery.js';
import type { DeliveryLog } from './delivery-log.js';
import { DirectDelivery } from './direct/direct.delivery.js';
import type { EventSender } from './event-sender.js';
import type { Ledger } from './ledger.js';
import { QuotaGovernor } from './quota/quota-governor.js';
import type { RequestIds } from './request-ids.js';

/** The longest pause that direct delivery makes because WebEngage asks for it: its quota is one of a minute. */
const LONGEST_DIRECT_PAUSE = 60_000;

type RetryOptions = ResolvedOptions['retry'];

/** What every delivery works with. */
export interface DeliveryTools {
  readonly sender: EventSender;
  readonly ledger: Ledger;
  readonly log: DeliveryLog;
  readonly requestIds: RequestIds;
  readonly clock: Clock;
  readonly random: () => number;
}

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
  { sender, ledger, log, requestIds, clock, random }: DeliveryTools,
): BackgroundDelivery {
  const { single, bulk, interval } = delivery.quota;
  const lanes = {
    single: new Lane(new QuotaGovernor(single, interval)),
    bulk: new Lane(new QuotaGovernor(bulk, interval)),
  };
  return new BackgroundDelivery(
    { ...delivery, retry: { ...retry, maxRetryAfter: Infinity } },
    {
      scheduler: new Scheduler(delivery, lanes, requestIds),
      breaker: new Breaker(retry, log, random),
      sender,
      ledger,
      requestIds,
      clock,
      random,
    },
  );
}
