import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Fifo } from '../../../lib/delivery/background/fifo.js';

/** So many pushes, or so many shifts. */
type Step = { readonly push: number } | { readonly shift: number };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.integer({ min: 1, max: 3_000 }).map((push): Step => ({ push })),
    fc.integer({ min: 1, max: 3_000 }).map((shift): Step => ({ shift })),
  ),
  { maxLength: 30 },
);

/** How many slots it holds, used or not. */
function slotsOf(fifo: Fifo<number>): number {
  return (fifo as unknown as { items: unknown[] }).items.length;
}

describe('a Fifo', () => {
  it('is an array of which the first is taken', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const fifo = new Fifo<number>();
        const model: number[] = [];
        let head = 0;
        for (const step of given) {
          for (let count = 0; 'push' in step && count < step.push; count++) {
            fifo.push(model.length);
            model.push(model.length);
          }
          for (let count = 0; 'shift' in step && count < step.shift; count++) {
            if (fifo.peek() !== model[head] || fifo.shift() !== model[head]) throw new Error('Not the first');
            head = Math.min(head + 1, model.length);
          }
          expect(fifo.length).toBe(model.length - head);
          expect(fifo.peek()).toBe(model[head]);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('gives nothing when it is empty, and stays empty', () => {
    const fifo = new Fifo<number>();
    expect([fifo.shift(), fifo.peek(), fifo.shift(), fifo.length]).toEqual([undefined, undefined, undefined, 0]);
    fifo.push(1);
    expect([fifo.shift(), fifo.shift(), fifo.length]).toEqual([1, undefined, 0]);
  });

  it('holds on to no more slots than twice its length and a little', () => {
    const fifo = new Fifo<number>();
    for (let count = 0; count < 5_000; count++) fifo.push(count);
    let most = 0;
    for (let count = 0; count < 200_000; count++) {
      fifo.push(count);
      fifo.shift();
      most = Math.max(most, slotsOf(fifo));
    }
    expect(most).toBeLessThanOrEqual(2 * 5_000 + 2);
    while (fifo.length > 0) {
      fifo.shift();
      if (slotsOf(fifo) > Math.max(2 * fifo.length, fifo.length + 1_024) + 2) throw new Error('Too many slots');
    }
    expect(slotsOf(fifo)).toBe(0);
  });

  it('lets go of what was taken', () => {
    const fifo = new Fifo<object>();
    for (let count = 0; count < 100; count++) fifo.push({});
    for (let count = 0; count < 99; count++) fifo.shift();
    const held = (fifo as unknown as { items: unknown[] }).items.filter((item) => item !== undefined);
    expect(held).toHaveLength(1);
  });
});
