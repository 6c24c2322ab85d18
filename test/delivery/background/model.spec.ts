import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { Lane } from '../../../lib/delivery/background/lane.js';
import { QuotaGovernor } from '../../../lib/delivery/quota/quota-governor.js';
import { commands, settings } from './model/arbitrary-runs.js';
import { World } from './model/world.js';

const INTERVAL = 1_000;

// Long histories are slow to shrink; the seed and the path in the report repeat them.
const endOnFailure = true;
const TIMEOUT = 60_000;

describe('background delivery', () => {
  it(
    'keeps every promise, whatever is accepted, answered and waited for in whatever order',
    async () => {
      const runs = fc.asyncProperty(settings, commands, fc.scheduler(), async (given, steps, scheduler) => {
        await new World(given, scheduler).run(steps);
      });
      await fc.assert(runs, { numRuns: 2_000, endOnFailure });
    },
    TIMEOUT,
  );

  it(
    'keeps them within a small quota too',
    async () => {
      const lanes = () => ({
        single: new Lane(new QuotaGovernor(6, INTERVAL)),
        bulk: new Lane(new QuotaGovernor(2, INTERVAL)),
      });
      const runs = fc.asyncProperty(settings, commands, fc.scheduler(), async (given, steps, scheduler) => {
        await new World(given, scheduler, lanes).run(steps);
      });
      await fc.assert(runs, { numRuns: 700, endOnFailure });
    },
    TIMEOUT,
  );
});
