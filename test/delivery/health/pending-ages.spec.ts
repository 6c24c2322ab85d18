import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PendingAges } from '../../../lib/delivery/health/pending-ages.js';

const times = fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 5 });
const step = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), times }),
  fc.record({ kind: fc.constant('remove' as const), times }),
);

const aged = (given: readonly number[]) => given.map((acceptedAt) => ({ acceptedAt }));

describe('the ages of pending events', () => {
  it('are those of a list of all of them', () => {
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const ages = new PendingAges();
        const model: number[] = [];
        for (const { kind, times: given } of steps) {
          ages[kind](aged(given));
          for (const time of given) {
            if (kind === 'add') model.push(time);
            else if (model.includes(time)) model.splice(model.indexOf(time), 1);
          }
          expect(ages.oldest).toBe(model.length === 0 ? undefined : Math.min(...model));
        }
      }),
    );
  });

  it('take no memory once nothing is pending', () => {
    fc.assert(
      fc.property(fc.array(times), (all) => {
        const ages = new PendingAges();
        for (const given of all) ages.add(aged(given));
        for (const given of all.reverse()) ages.remove(aged(given));
        expect(ages['eventsAt'].size).toBe(0);
      }),
    );
  });
});
