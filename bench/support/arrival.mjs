import { promise } from './goal.mjs';

/** The promise behind every figure: what was measured was delivered. */
export function arrivedOnce(specs, results) {
  const rounds = specs.flatMap((spec) => results.rounds(spec));
  const isMeasured = specs.every((spec) => results.rounds(spec).length > 0);
  const holds = rounds.every(({ sent, arrived, duplicates }) => arrived === sent && duplicates === 0);
  return promise('every event of ours arrived, and once', isMeasured ? holds : undefined);
}
