import { number } from './table.mjs';

/**
 * A goal and whether it is reached.
 *
 * @param {string} what
 * @param {{ value: number | undefined, atMost?: number, atLeast?: number, unit?: string, decimals?: number }} figures
 */
export function goal(what, { value, atMost, atLeast, unit = '', decimals = 2 }) {
  const limit = atMost ?? atLeast;
  const wanted = `${atMost === undefined ? '≥' : '≤'} ${number(limit, Number.isInteger(limit) ? 0 : 2)}${unit}`;
  const got = value === undefined ? '–' : `${number(value, decimals)}${unit}`;
  const shortfall = atMost === undefined ? 1 - value / limit : value / limit - 1;
  // Not `shortfall > 0`: what was not measured is not reached.
  const reached = shortfall <= 0;
  return { what, wanted, got, reached, verdict: verdict(value, reached, shortfall) };
}

function verdict(value, reached, shortfall) {
  if (value === undefined || Number.isNaN(value)) return 'not measured';
  return reached ? 'reached' : `falls short by ${number(shortfall * 100, shortfall < 0.1 ? 1 : 0)} %`;
}

/** A goal that holds or does not. `holds` is undefined where it was not measured. */
export function promise(what, holds, got) {
  const verdict = holds === undefined ? 'not measured' : holds ? 'reached' : 'broken';
  return {
    what,
    wanted: 'holds',
    got: got ?? (holds === undefined ? '–' : String(holds)),
    reached: holds === true,
    verdict,
  };
}
