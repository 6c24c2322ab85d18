import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { DeliveredEvent, EventsService, FailedEvent, WebEngageModuleOptions } from 'nestjs-webengage';
import { WebEngageSandbox } from 'nestjs-webengage/sandbox';
import { type Fault, FaultyProxy } from '../support/faulty-proxy.js';
import { startTracking } from '../support/tracking-context.js';
import { expectNoUnobservedErrors } from '../support/unobserved-errors.js';

const RUNS = 40;
// A pause because of a 429 is a part of the interval.
const quota = { single: 100_000, bulk: 100_000, interval: 80 };
const retry = { maxAttempts: 3, minDelay: 1, maxDelay: 4 };

const faults = fc.constantFrom<Fault>(
  'pass',
  'pass',
  'reset',
  'ingest then reset',
  { status: 200, body: '{}' },
  { status: 400 },
  { status: 401 },
  { status: 429 },
  { status: 503 },
);
// Some events are tracked while others are still under way.
const batches = fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 5 })), { maxLength: 5 });

// Dozens of applications take a while to start on a busy machine.
jest.setTimeout(120_000);

expectNoUnobservedErrors();

/** What became of the events that a run tracked. */
interface Ends {
  readonly delivered: DeliveredEvent[];
  readonly failed: FailedEvent[];
}

describe.each<[string, WebEngageModuleOptions['delivery']]>([
  ['direct delivery', { mode: 'direct' }],
  ['background delivery', { mode: 'background', quota }],
  ['background delivery in bulk', { mode: 'background', quota, bulk: 'always' }],
  // With room for a batch beside the 16 calls that may be under way: those cannot be dropped.
  ['background delivery that drops the oldest', { mode: 'background', quota, overflow: 'drop-oldest', maxPending: 50 }],
])('the ledger of %s', (_name, delivery) => {
  it('balances at every moment, and each event ends once, whatever happens to the calls', async () => {
    await fc.assert(
      fc.asyncProperty(batches, fc.array(faults, { maxLength: 40 }), async (tracked, script) => {
        const sandbox = await WebEngageSandbox.start();
        const proxy = await FaultyProxy.start(sandbox.url, ...script);
        const { app, events } = await startTracking({ host: proxy.url, retry, delivery });
        try {
          const ends = endsOf(events);
          let accepted = 0;
          for (const [count, pause] of tracked) {
            void events.trackMany(Array.from({ length: count }, () => eventOf(accepted++)));
            expectBalance(events, ends);
            await new Promise((resolve) => setTimeout(resolve, pause));
          }
          await events.flush();
          expectBalance(events, ends);
          expect(events.stats()).toMatchObject({ accepted, pending: 0, refused: 0 });
          expectTruth(ends, sandbox, accepted);
        } finally {
          await app.close();
          await proxy.close();
          await sandbox.close();
        }
      }),
      { numRuns: RUNS },
    );
  });
});

function eventOf(index: number) {
  return { userId: 'johndoe', eventName: 'Counted', eventData: { Index: index } };
}

function indexOf({ eventData }: { readonly eventData?: object }): unknown {
  return (eventData as { Index?: unknown } | undefined)?.Index;
}

/** Collects how events end, and holds the ledger to it each time. */
function endsOf(events: EventsService): Ends {
  const ends: Ends = { delivered: [], failed: [] };
  const told = () => {
    expectCounted(events, ends);
    // By then the others of its call are told too.
    queueMicrotask(() => expectBalance(events, ends));
  };
  events.delivered$.subscribe((event) => {
    ends.delivered.push(event);
    told();
  });
  events.failed$.subscribe((event) => {
    ends.failed.push(event);
    told();
  });
  return ends;
}

/** Holds whenever an event is told: no other is told that is not counted. */
function expectCounted(events: EventsService, ends: Ends): void {
  const { accepted, delivered, failed, pending } = events.stats();
  expect(accepted).toBe(delivered + failed + pending);
  expect(pending).toBeGreaterThanOrEqual(0);
  expect(ends.delivered.length).toBeLessThanOrEqual(delivered);
  expect(ends.failed.length).toBeLessThanOrEqual(failed);
}

/** Holds between the calls: all that is counted was told. */
function expectBalance(events: EventsService, ends: Ends): void {
  expectCounted(events, ends);
  const { delivered, failed } = events.stats();
  expect({ delivered, failed }).toEqual({ delivered: ends.delivered.length, failed: ends.failed.length });
}

/** Each event ended once, what was delivered was ingested once, and what failed for certain was not. */
function expectTruth({ delivered, failed }: Ends, sandbox: WebEngageSandbox, accepted: number): void {
  const everyIndex = Array.from({ length: accepted }, (_, index) => index);
  const ended = [...delivered, ...failed].map(({ event }) => Number(indexOf(event)));
  expect(ended.sort((one, other) => one - other)).toEqual(everyIndex);
  const ingested = sandbox.events().map((event) => indexOf(event));
  expect(new Set(ingested).size).toBe(ingested.length);
  expect(ingested).toEqual(expect.arrayContaining(delivered.map(({ event }) => indexOf(event))));
  const failedForCertain = failed.filter(({ outcomeUnknown }) => !outcomeUnknown).map(({ event }) => indexOf(event));
  expect(failedForCertain.filter((index) => ingested.includes(index))).toEqual([]);
}
