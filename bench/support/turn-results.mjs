import { median, quantile, sum } from './statistics.mjs';

/** What each turn of a library cost, over all rounds; see measurements/turns.mjs. */
function turnsOf(spec, results, name) {
  return results.rounds(spec).flatMap(({ costs }) => costs[name]);
}

/** The median over all turns of all rounds; undefined if there is no result. */
export function turnMedian(spec, results, name, read) {
  const values = turnsOf(spec, results, name).map(read);
  return values.length === 0 ? undefined : median(values);
}

/** The quartiles of the turns' ratios: both had their turn one soon after the other. Undefined if there is no result. */
export function turnRatio(spec, results, [name, other], read) {
  const others = turnsOf(spec, results, other);
  const ratios = turnsOf(spec, results, name).map((cost, turn) => read(cost) / read(others[turn]));
  if (ratios.length === 0) return { low: undefined, median: undefined, high: undefined };
  return { low: quantile(ratios, 0.25), median: median(ratios), high: quantile(ratios, 0.75) };
}

/** The median of the rounds' ratios of all turns together, with what falls on some turns only: the collection of garbage. */
export function totalRatio(spec, results, [name, other], read) {
  const total = (costs) => sum(costs.map(read));
  return results.median(spec, ({ costs }) => total(costs[name]) / total(costs[other]));
}
