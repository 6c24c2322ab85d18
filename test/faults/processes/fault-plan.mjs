import { seededRandom } from './seeded-random.mjs';

const NONE = { kind: 'none' };

/**
 * Chooses for each call what goes wrong with it. A fault has a `kind`, the `share` of calls that it meets (1: each), and
 * begins and ends at `from` and `until` (milliseconds since the first call).
 */
export class FaultPlan {
  #faults;
  #random;
  #beganAt;

  constructor(faults, seed) {
    this.#faults = faults;
    this.#random = seededRandom(seed);
  }

  next(now) {
    this.#beganAt ??= now;
    const elapsed = now - this.#beganAt;
    // The shares of faults that go on at the same time add up.
    let luck = this.#random();
    for (const fault of this.#faults) {
      const { share = 1, from = 0, until = Infinity } = fault;
      if (elapsed < from || elapsed >= until) continue;
      if (luck < share) return fault;
      luck -= share;
    }
    return NONE;
  }
}
