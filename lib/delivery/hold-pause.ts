import { doubled } from './retry-policy.js';

/** The first pause, in units of the shortest retry delay. */
const FIRST_PAUSE = 4;
/** The upper bound of every pause between two probes that WebEngage did not ask for, in milliseconds. */
export const LONGEST_PAUSE = 10_000;

export interface HoldPauseOptions {
  /** The shortest and the longest retry delay, in milliseconds; the pauses are derived from them. */
  readonly minDelay: number;
  readonly maxDelay: number;
}

/** The pause before the next probe, in milliseconds. Doubles each time; half of it is random, so that processes do not probe in step. */
export function holdPause(
  pausesBefore: number,
  { minDelay, maxDelay }: HoldPauseOptions,
  random: () => number,
): number {
  // Never none at all, whatever the delays are set to.
  const longest = Math.max(FIRST_PAUSE, Math.min(maxDelay, LONGEST_PAUSE));
  return doubled(FIRST_PAUSE * Math.max(1, minDelay), pausesBefore, longest) * (0.5 + 0.5 * random());
}
