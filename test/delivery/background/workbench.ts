import {
  BackgroundDelivery,
  type BackgroundDeliveryLimits,
} from '../../../lib/delivery/background/background.delivery.js';
import { Breaker } from '../../../lib/delivery/background/breaker.js';
import { Scheduler, type SchedulerOptions } from '../../../lib/delivery/background/scheduler.js';
import type { DeliveredEvent, FailedEvent } from '../../../lib/delivery/delivery-events.js';
import { DeliveryLog } from '../../../lib/delivery/delivery-log.js';
import type { EventSender } from '../../../lib/delivery/event-sender.js';
import { Ledger } from '../../../lib/delivery/ledger.js';
import { RequestIds } from '../../../lib/delivery/request-ids.js';
import type { Answer } from '../../../lib/http/answer.js';
import type { OutgoingCall } from '../../../lib/http/outgoing-call.js';
import { answerOf, FakeGovernor, fakeLane, LineLog } from '../../support/delivery-fakes.js';
import { FakeClock } from '../../support/fake-clock.js';

/** A call that is under way until the test answers it. */
export interface OpenCall extends OutgoingCall {
  answer(answer: Answer): void;
}

/** Keeps calls under way until the test answers them, or the delivery breaks them off. */
export class ManualSender implements EventSender {
  readonly open: OpenCall[] = [];
  /** Every call that was ever made. */
  readonly calls: OutgoingCall[] = [];

  send({ kind, requestId, json }: OutgoingCall): Promise<Answer> {
    this.calls.push({ kind, requestId, json });
    return new Promise((resolve) => {
      const call: OpenCall = {
        ...{ kind, requestId, json },
        answer: (answer) => {
          this.open.splice(this.open.indexOf(call), 1);
          resolve(answer);
        },
      };
      this.open.push(call);
    });
  }

  close(): void {
    for (const call of [...this.open]) call.answer(answerOf(undefined, { message: 'broken off' }));
  }
}

export type WorkbenchOptions = Partial<Omit<BackgroundDeliveryLimits, 'retry'> & SchedulerOptions> & {
  retry?: Partial<BackgroundDeliveryLimits['retry']>;
  /** 1 each time by default: the longest delays. */
  random?: () => number;
};

/** A background delivery in which the test is the clock, the quota and WebEngage. */
export function startWorkbench({ retry, random = () => 1, ...options }: WorkbenchOptions = {}) {
  const clock = new FakeClock();
  const log = new LineLog();
  const deliveryLog = new DeliveryLog(log);
  const ledger = new Ledger(deliveryLog);
  const sender = new ManualSender();
  const governors = { single: new FakeGovernor(), bulk: new FakeGovernor() };
  const limits = {
    ...{ maxPending: 1_000, maxPendingBytes: 1_000_000, overflow: 'reject' as const },
    ...{ concurrency: 4, bulk: 'never' as const, bulkAfter: 5_000, ...options },
    retry: { maxAttempts: 3, minDelay: 100, maxDelay: 1_000, maxRetryAfter: Infinity, ...retry },
  };
  const requestIds = new RequestIds();
  const lanes = { single: fakeLane(governors.single), bulk: fakeLane(governors.bulk) };
  const delivery = new BackgroundDelivery(limits, {
    scheduler: new Scheduler(limits, lanes, requestIds),
    breaker: new Breaker(limits.retry, deliveryLog, random),
    ...{ sender, ledger, log: deliveryLog, requestIds, clock, random },
  });
  const delivered: DeliveredEvent[] = [];
  const failed: FailedEvent[] = [];
  ledger.delivered$.subscribe((event) => delivered.push(event));
  ledger.failed$.subscribe((event) => failed.push(event));
  /** Lets the delivery hear of every answer that was given. */
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  /** Answers the calls that are under way, and waits until that is heard. */
  const answerAll = async (answer: Answer) => {
    for (const call of [...sender.open]) call.answer(answer);
    await settled();
  };
  return { clock, log, ledger, sender, governors, delivery, delivered, failed, settled, answerAll };
}

export type Workbench = ReturnType<typeof startWorkbench>;
