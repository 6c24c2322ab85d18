import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { WaitingCalls } from '../../../lib/delivery/background/waiting-calls.js';
import { Call } from '../../../lib/delivery/call.js';
import { envelope } from '../../support/delivery-fakes.js';

type Step =
  | { readonly kind: 'add'; readonly dueAt: number; readonly notBefore?: number | undefined }
  | { readonly kind: 'take' | 'take oldest' }
  | { readonly kind: 'hurry'; readonly now: number };

const time = fc.integer({ min: 0, max: 50 });
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(time, fc.option(time, { nil: undefined }))
        .map(([dueAt, notBefore]): Step => ({ kind: 'add', dueAt: Math.max(dueAt, notBefore ?? 0), notBefore })),
    },
    { weight: 3, arbitrary: fc.constant<Step>({ kind: 'take' }) },
    { weight: 2, arbitrary: fc.constant<Step>({ kind: 'take oldest' }) },
    { weight: 1, arbitrary: time.map((now): Step => ({ kind: 'hurry', now })) },
  ),
  { maxLength: 80, size: 'max' },
);

const newCall = () => Call.single(envelope());

describe('waiting calls', () => {
  it('are a list in the order of arrival, of which the first due or the oldest is taken', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const waiting = new WaitingCalls();
        let model: { call: Call; dueAt: number; notBefore: number }[] = [];
        for (const step of given) {
          if (step.kind === 'add') {
            const call = newCall();
            waiting.add(call, step.dueAt, step.notBefore);
            model.push({ call, dueAt: step.dueAt, notBefore: step.notBefore ?? 0 });
          } else if (step.kind === 'take') {
            const firstDueAt = Math.min(...model.map(({ dueAt }) => dueAt));
            const taken = waiting.take();
            expect(model.find(({ call }) => call === taken)?.dueAt ?? Infinity).toBe(firstDueAt);
            model = model.filter(({ call }) => call !== taken);
          } else if (step.kind === 'take oldest') {
            expect(waiting.takeOldest()).toBe(model.shift()?.call);
          } else if (step.kind === 'hurry') {
            waiting.hurry(step.now);
            for (const entry of model) entry.dueAt = Math.max(Math.min(entry.dueAt, step.now), entry.notBefore);
          }
          expect(waiting.nextDueAt).toBe(Math.min(...model.map(({ dueAt }) => dueAt)));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('come out in the order in which they are due', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.5, noNaN: true })), (times) => {
        const waiting = new WaitingCalls();
        for (const dueAt of times) waiting.add(newCall(), dueAt);
        const taken = times.map(() => {
          const { nextDueAt } = waiting;
          waiting.take();
          return nextDueAt;
        });
        expect(taken).toEqual([...times].sort((one, other) => one - other));
        expect(waiting.nextDueAt).toBe(Infinity);
        expect(waiting.take()).toBeUndefined();
      }),
    );
  });

  it('can come again after they were taken', () => {
    const waiting = new WaitingCalls();
    const call = newCall();
    waiting.add(call, 5);
    expect(waiting.take()).toBe(call);
    waiting.add(call, 3);
    expect(waiting.nextDueAt).toBe(3);
    expect(waiting.takeOldest()).toBe(call);
    expect(waiting.nextDueAt).toBe(Infinity);
  });

  it('are due at once when they are hurried, but for those that WebEngage asked to wait', () => {
    const waiting = new WaitingCalls();
    const [later, asked, due] = [newCall(), newCall(), newCall()];
    waiting.add(later, 1_000);
    waiting.add(asked, 900, 700);
    waiting.add(due, 50, 40);
    waiting.hurry(100);
    const order = [waiting.take(), waiting.nextDueAt, waiting.take(), waiting.nextDueAt, waiting.take()];
    expect(order).toEqual([due, 100, later, 700, asked]);
  });

  it('are let go when they are taken out as the oldest, though they would be due much later', () => {
    const waiting = new WaitingCalls();
    waiting.add(newCall(), 0);
    for (let count = 0; count < 10_000; count++) {
      waiting.add(newCall(), 1_000_000 + count);
      if (count >= 10) waiting.takeOldest();
    }
    const { heap } = waiting as unknown as { heap: unknown[] };
    // As with a Fifo: what is gone may take some room, but in proportion to what is there.
    expect(heap.length).toBeLessThan(3_000);
  });
});
