import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HandOver } from '../../../lib/bullmq/hand-over/hand-over.js';
import { RedisLog } from '../../../lib/bullmq/redis/redis-log.js';
import { deferred } from '../../../lib/common/deferred.js';
import { Call } from '../../../lib/delivery/call.js';
import { DeliveryLog } from '../../../lib/delivery/delivery-log.js';
import { Ledger } from '../../../lib/delivery/ledger.js';
import { loadOf, PendingBounds } from '../../../lib/delivery/pending-bounds.js';
import type { TrackState } from '../../../lib/events/track-receipt.js';
import { envelopes, silentLog } from '../../support/delivery-fakes.js';
import { FakeClock } from '../../support/fake-clock.js';
import { FakeStore, type StoreAnswer } from './fake-store.js';

const ENQUEUE_TIMEOUT = 1_000;

type WhenUnavailable = 'reject' | 'memory';

const answers = fc.array(
  fc.oneof(
    fc.constant<StoreAnswer>('hangs'),
    fc.record({
      after: fc.integer({ min: 0, max: 3_000 }),
      outcome: fc.constantFrom('stored' as const, 'refused' as const, 'broken' as const),
    }),
  ),
  { maxLength: 30 },
);

/** Calls of so many events that come, time that passes, and a store that comes and goes. */
const steps = fc.array(
  fc.oneof(
    fc.record({ take: fc.integer({ min: 1, max: 25 }) }),
    fc.record({ pass: fc.integer({ min: 0, max: 700 }) }),
    fc.record({ isReady: fc.boolean() }),
  ),
  { maxLength: 40 },
);

/** Everything that was promised goes on as far as it can at this moment. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A call that was taken: until when its promise must settle, and how it did. */
interface Taken {
  readonly call: Call;
  readonly until: number;
  state?: TrackState | 'rejected';
  settledAt?: number;
}

class Workbench {
  readonly clock = new FakeClock();
  readonly bounds = new PendingBounds({ maxPending: Infinity, maxPendingBytes: Infinity });
  readonly ledger = new Ledger(new DeliveryLog(silentLog));
  readonly taken: Taken[] = [];
  /** How often each event was told as failed. */
  readonly failures = new Map<string, number>();
  readonly handOver: HandOver;
  readonly store: FakeStore;

  constructor(script: readonly StoreAnswer[], whenUnavailable: WhenUnavailable) {
    this.store = new FakeStore(this.clock, [...script]);
    const options = { enqueueTimeout: ENQUEUE_TIMEOUT, whenUnavailable };
    this.handOver = new HandOver(options, this.store, this.bounds, this, new RedisLog(silentLog));
    this.ledger.failed$.subscribe(({ requestId }) =>
      this.failures.set(requestId, (this.failures.get(requestId) ?? 0) + 1),
    );
  }

  take(count: number): void {
    const events = envelopes(count);
    this.takeCall(Call.bulk(events, events[0]?.requestId.replaceAll(/[0-4]/g, '5') ?? ''));
  }

  takeCall(call: Call): void {
    const taken: Taken = { call, until: this.clock.elapsed() + ENQUEUE_TIMEOUT };
    const stored = deferred<TrackState>();
    const end = (state: TrackState | 'rejected'): void => {
      taken.state = state;
      taken.settledAt = this.clock.elapsed();
    };
    stored.promise.then(end, () => end('rejected'));
    this.taken.push(taken);
    this.bounds.pending.add(loadOf(call.envelopes));
    this.ledger.accept(call.envelopes.length);
    this.handOver.take(call, stored);
  }

  /** Lets time pass step by step, so that whatever a timer leads to happens at its own time. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.clock.elapsed() + milliseconds;
    await settle();
    while (this.clock.elapsed() + this.clock.nextTimerIn <= end) {
      this.clock.advance(this.clock.nextTimerIn);
      await settle();
    }
    this.clock.advance(end - this.clock.elapsed());
    await settle();
  }

  setReady(isReady: boolean): void {
    this.store.isReady = isReady;
    if (isReady) void this.handOver.pump();
  }

  expectBooksInOrder(): void {
    const { pending } = this.bounds;
    expect(pending.events).toBe(this.ledger.pending);
    expect(pending.events).toBeGreaterThanOrEqual(0);
    for (const { settledAt = this.clock.elapsed(), until } of this.taken) expect(settledAt).toBeLessThanOrEqual(until);
  }
}

describe.each<WhenUnavailable>(['reject', 'memory'])(
  'the handing over with whenUnavailable "%s"',
  (whenUnavailable) => {
    it('ends each call once, in time, whatever the store does', async () => {
      await fc.assert(
        fc.asyncProperty(answers, steps, fc.integer({ min: 0, max: 5_000 }), async (script, story, patience) => {
          const bench = new Workbench(script, whenUnavailable);
          for (const step of story) {
            if ('take' in step) bench.take(step.take);
            if ('isReady' in step) bench.setReady(step.isReady);
            if ('pass' in step) await bench.pass(step.pass);
            bench.expectBooksInOrder();
          }
          bench.setReady(true);
          await bench.pass(patience);
          bench.expectBooksInOrder();
          bench.handOver.close();
          await bench.pass(60_000);
          bench.expectBooksInOrder();
          expectEnds(bench, whenUnavailable);
        }),
        { numRuns: 300 },
      );
    });
  },
);

function expectEnds(
  { taken, failures, ledger, bounds, store, clock }: Workbench,
  whenUnavailable: WhenUnavailable,
): void {
  expect(bounds.pending).toMatchObject({ events: 0, bytes: 0 });
  expect(clock.timersSet).toBe(0);
  let stored = 0;
  for (const { call, state } of taken) {
    const failed = call.envelopes.map(({ requestId }) => failures.get(requestId) ?? 0);
    expect(new Set(failed).size).toBe(1);
    expect(failed[0]).toBeLessThanOrEqual(1);
    expect(state).toBeDefined();
    if (state === 'durable') expect([failed[0], store.held.has(call.requestId)]).toEqual([0, true]);
    if (state === 'rejected') expect(failed[0]).toBe(1);
    if (whenUnavailable === 'reject') expect(state).not.toBe('accepted');
    if (failed[0] === 0) {
      expect(store.held.has(call.requestId)).toBe(true);
      stored += call.envelopes.length;
    }
  }
  expect(ledger.stats()).toMatchObject({ stored, failed: failures.size, pending: 0 });
}

describe('a call that was given up', () => {
  it('is taken out again when it is stored after all', async () => {
    const lateness = fc.integer({ min: ENQUEUE_TIMEOUT, max: 10_000 });
    await fc.assert(
      fc.asyncProperty(fc.array(lateness, { minLength: 1, maxLength: 20 }), async (delays) => {
        const script = delays.map((after) => ({ after, outcome: 'stored' as const }));
        const bench = new Workbench(script, 'reject');
        delays.forEach(() => bench.take(1));
        await bench.pass(20_000);
        expect(bench.taken.map(({ state }) => state)).toEqual(delays.map(() => 'rejected'));
        expect(bench.store.held.size).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('is not taken out again when it was retried under its id meanwhile, and is durable', async () => {
    const late = { after: ENQUEUE_TIMEOUT + 500, outcome: 'stored' as const };
    const bench = new Workbench([late, { after: 0, outcome: 'stored' }], 'reject');
    const [envelope] = envelopes(1);
    if (!envelope) throw new Error('There is no envelope');
    bench.takeCall(Call.single(envelope));
    await bench.pass(ENQUEUE_TIMEOUT);
    bench.takeCall(Call.single({ ...envelope, windowStartedAt: bench.clock.now() }));
    await bench.pass(10_000);
    expect(bench.taken.map(({ state }) => state)).toEqual(['rejected', 'durable']);
    expect(bench.store.held.has(envelope.requestId)).toBe(true);
  });
});
