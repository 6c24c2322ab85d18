import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { quotaWindow, type QuotaWindow } from '../../../lib/bullmq/worker/quota-window.js';

const calls = fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 20_000 }));
const intervals = fc.oneof(fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 2_000, max: 120_000 }));

/** How long workers leave the queue alone between two windows, and when within a window its calls start: parts of it. */
const windows = fc.array(
  fc.record({
    idle: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 3, noNaN: true })),
    starts: fc.oneof(fc.constant(0), fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
  }),
  { minLength: 1, maxLength: 80 },
);

interface Start {
  readonly at: number;
  readonly calls: number;
}

/** BullMQ's limiter: a window begins with its first call, and the next one not before it has passed. */
function simulate({ max, duration }: QuotaWindow, script: readonly { idle: number; starts: number }[]): Start[] {
  let opensAt = 0;
  return script.flatMap(({ idle, starts }) => {
    const first = opensAt + idle * duration;
    opensAt = first + duration;
    // The first opens the window, the others come at any moment of it, its end excluded.
    const others = first + Math.min(starts * duration, duration - 0.001);
    return [
      { at: first, calls: 1 },
      { at: others, calls: max - 1 },
    ];
  });
}

function mostWithin(starts: readonly Start[], interval: number): number {
  let most = 0;
  for (const { at: from } of starts) {
    let sum = 0;
    for (const { at, calls: count } of starts) if (at >= from && at < from + interval) sum += count;
    most = Math.max(most, sum);
  }
  return most;
}

/** The part of the quota that is used when there is always a call waiting. */
const utilisation = ({ max, duration }: QuotaWindow, quota: number, interval: number): number =>
  (max * (interval / duration)) / quota;

describe('the window of the quota', () => {
  it('never lets an interval hold more calls than the quota, whenever they come', () => {
    fc.assert(
      fc.property(calls, intervals, windows, (single, interval, script) => {
        const window = quotaWindow({ single, bulk: 1, interval }, 'single');
        expect(mostWithin(simulate(window, script), interval)).toBeLessThanOrEqual(single);
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves little of the documented quota unused', () => {
    const documented = { single: 5_000, bulk: 500, interval: 60_000 };
    for (const kind of ['single', 'bulk'] as const) {
      const window = quotaWindow(documented, kind);
      expect(utilisation(window, documented[kind], documented.interval)).toBeGreaterThanOrEqual(0.95);
    }
  });

  it('leaves little of a large quota unused, and never most of a small one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 20_000 }), fc.integer({ min: 1_000, max: 120_000 }), (single, interval) => {
        const window = quotaWindow({ single, bulk: 1, interval }, 'single');
        const windowsPerInterval = interval / window.duration;
        const bound = single > 20 * windowsPerInterval ? 0.85 : 0.45;
        expect(utilisation(window, single, interval)).toBeGreaterThanOrEqual(bound);
      }),
      { numRuns: 2_000 },
    );
  });
});
