import { describe, expect, it } from '@jest/globals';
import type { Log } from '../../../lib/common/log.js';
import fc from 'fast-check';
import type { Clock } from '../../../lib/delivery/clock.js';
import { DeliveryLog } from '../../../lib/delivery/delivery-log.js';
import { DirectDelivery } from '../../../lib/delivery/direct/direct.delivery.js';
import type { Envelope } from '../../../lib/delivery/envelope.js';
import type { EventSender } from '../../../lib/delivery/event-sender.js';
import { RequestIds } from '../../../lib/delivery/request-ids.js';
import { IDEMPOTENCY_WINDOW } from '../../../lib/delivery/idempotency-window.js';
import { Ledger } from '../../../lib/delivery/ledger.js';
import { BufferFullError, type FailedEvent } from 'nestjs-webengage';
import type { Answer } from '../../../lib/http/answer.js';
import type { OutgoingCall } from '../../../lib/http/outgoing-call.js';

/** A clock that jumps: sleeping takes no time, but moves it on. */
class JumpingClock implements Clock {
  time = 1_000_000;
  now = () => this.time;
  elapsed = () => this.time;
  sleep = (milliseconds: number) => {
    this.time += milliseconds;
    return Promise.resolve();
  };
  after = (): never => {
    throw new Error('Direct delivery sets no timer');
  };
}

const MINUTE = 60_000;
const nothing = () => undefined;
const silent: Log = { error: nothing, warn: nothing, log: nothing, debug: nothing };
const limits = {
  maxPending: 20,
  maxPendingBytes: 1_000,
  concurrency: 3,
  retry: { maxAttempts: 4, minDelay: 10, maxDelay: 100, maxRetryAfter: Infinity },
};

const requestIds = new RequestIds();

function envelope(bytes = 10): Envelope {
  return {
    requestId: requestIds.next(),
    eventName: 'Tested',
    json: '{}',
    bytes,
    acceptedAt: 0,
    windowStartedAt: undefined,
  };
}

function answer(status: number | undefined, more: Partial<Answer> = {}): Answer {
  const mayBeIngested = status === undefined || status === 408 || status >= 500;
  return { queued: status === 201, status, message: `${status}`, mayBeIngested, ...more };
}

const statuses = fc.constantFrom(201, 201, 201, undefined, 400, 401, 408, 429, 500, 503);

describe('the accounts of direct delivery', () => {
  it('balance at every moment, whatever is sent and answered in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ events: fc.integer({ min: 1, max: 12 }), bytes: fc.integer({ min: 1, max: 200 }) }), {
          maxLength: 12,
        }),
        fc.array(statuses, { minLength: 1, maxLength: 50 }),
        fc.scheduler(),
        fc.boolean(),
        async (batches, answers, scheduler, closesEarly) => {
          const ledger = new Ledger(new DeliveryLog(silent));
          let calls = 0;
          let underWay = 0;
          const sender: EventSender = {
            send: async () => {
              expect(++underWay).toBeLessThanOrEqual(limits.concurrency);
              const status = answers[calls++ % answers.length];
              await scheduler.schedule(Promise.resolve());
              underWay--;
              return answer(status);
            },
            close: () => undefined,
          };
          const delivery = new DirectDelivery(limits, sender, ledger, new JumpingClock(), () => 0.5);
          const failures: FailedEvent[] = [];
          const deliveries: string[] = [];
          ledger.failed$.subscribe((event) => failures.push(event));
          ledger.delivered$.subscribe(({ requestId }) => deliveries.push(requestId));
          const balanced = () => {
            const { accepted, delivered, failed, pending } = ledger.stats();
            expect(accepted).toBe(delivered + failed + pending);
            expect(pending).toBeGreaterThanOrEqual(0);
            expect(pending).toBeLessThanOrEqual(limits.maxPending);
          };

          let accepted = 0;
          const outcomes: Promise<unknown>[] = [];
          for (const { events, bytes } of batches) {
            try {
              outcomes.push(...delivery.accept(Array.from({ length: events }, () => envelope(bytes))));
              accepted += events;
            } catch (error) {
              expect(error).toBeInstanceOf(BufferFullError);
            }
            balanced();
            if (scheduler.count() > 0) await scheduler.waitOne();
            balanced();
          }
          const settled = Promise.allSettled(outcomes);
          const closed = closesEarly ? delivery.close() : undefined;
          await scheduler.waitFor(settled);
          await closed;
          balanced();
          expect(ledger.stats()).toMatchObject({ accepted, pending: 0 });
          expect(new Set([...deliveries, ...failures.map(({ requestId }) => requestId)]).size).toBe(accepted);
          expect(failures.every(({ reason }) => reason.length > 0)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('never send an event again after its four-hour window', async () => {
    const clock = new JumpingClock();
    const startedAt = clock.now();
    const sentAt: number[] = [];
    const send = () => {
      sentAt.push(clock.now());
      return Promise.resolve(answer(503, { retryAfter: 90 * MINUTE }));
    };
    const { delivery, failures } = start(send, clock, { maxAttempts: 100 });
    await Promise.allSettled(delivery.accept([envelope()]));
    expect(sentAt.map((at) => at - startedAt)).toEqual([0, 90 * MINUTE, 180 * MINUTE]);
    expect(failures).toMatchObject([{ reason: 'idempotency window over', attempts: 3, outcomeUnknown: true }]);
  });

  it('never send an event again after its window because it waited for its turn', async () => {
    const clock = new JumpingClock();
    const sent: string[] = [];
    const send = ({ requestId }: OutgoingCall) => {
      sent.push(requestId);
      // The other event's call takes so long that the first one's window ends while it waits.
      if (requestId === slow.requestId) clock.time += IDEMPOTENCY_WINDOW;
      return Promise.resolve(answer(503));
    };
    const [first, slow] = [envelope(), envelope()];
    const { delivery, failures } = start(send, clock, { maxAttempts: 2 }, 1);
    await Promise.allSettled(delivery.accept([first, slow]));
    expect(sent.filter((requestId) => requestId === first.requestId)).toHaveLength(1);
    expect(failures).toContainEqual(
      expect.objectContaining({ requestId: first.requestId, reason: 'idempotency window over', attempts: 1 }),
    );
  });

  it('never send an event whose window was over when it was taken anew', async () => {
    const clock = new JumpingClock();
    const send = () => Promise.reject(new Error('must not be called'));
    const { delivery, failures } = start(send, clock);
    const windowStartedAt = clock.now() - IDEMPOTENCY_WINDOW;
    await Promise.allSettled(delivery.accept([{ ...envelope(), windowStartedAt }]));
    expect(failures).toMatchObject([{ reason: 'idempotency window over', attempts: 0 }]);
  });
});

function start(
  send: EventSender['send'],
  clock: Clock,
  retry: Partial<typeof limits.retry> = {},
  concurrency = limits.concurrency,
) {
  const ledger = new Ledger(new DeliveryLog(silent));
  const failures: FailedEvent[] = [];
  ledger.failed$.subscribe((event) => failures.push(event));
  const allowed = { ...limits, concurrency, retry: { ...limits.retry, ...retry } };
  const delivery = new DirectDelivery(allowed, { send, close: () => undefined }, ledger, clock, () => 0);
  return { delivery, failures };
}
