import { measure } from './measure.mjs';

/**
 * Measures those specs that were not measured before, with the libraries taking turns in each round, so that whatever
 * else the machine does falls on all of them. A spec may ask for fewer rounds; one that failed is not tried again.
 *
 * @param {import('./measure.mjs').Spec[]} specs
 */
export async function measureAll(specs, { rounds, collector, results, tell }) {
  const missing = specs.filter((spec) => !results.has(spec));
  for (let round = 0; round < rounds; round++) {
    for (const spec of missing) {
      if (round >= (spec.rounds ?? rounds) || results.failure(spec) !== undefined) continue;
      tell(`round ${round + 1} of ${rounds}: ${spec.measurement}, ${spec.library}`);
      results.add(spec, await measure(spec, collector));
    }
  }
}
