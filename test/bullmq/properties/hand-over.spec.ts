import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { WhenUnavailable } from '../../../lib/bullmq/options/bullmq-delivery.options.js';
import { Call } from '../../../lib/delivery/call.js';
import { envelopes } from '../../support/delivery-fakes.js';
import type { StoreAnswer } from './fake-store.js';
import { ENQUEUE_TIMEOUT, Workbench } from './hand-over-workbench.js';

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
