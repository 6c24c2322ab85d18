import { mostAlike } from './alike-names.js';
import type { Difference } from './differences.js';
import { differencesOf, type EventMatch, type MatchableEvent } from './event-match.js';
import { showText, showValue } from './show-value.js';

const MAX_LINES = 20;
/** WebEngage takes less; whatever else an event holds is told by its outer levels. */
const MAX_LEVELS = 12;
/** So many names are looked through for one that is like the missing one. */
const MAX_NAMES = 1000;

/**
 * Says in which fields and attributes an event differs from what is expected, a line for each. Empty if it does not.
 *
 * @example
 * // eventData["Price"]: expected 39.8 (Number), but was "39.8" (String)
 * // eventData["Product Id"]: expected 1337 (Number), but it is absent; did you mean "Product ID"?
 */
export function describeDifference(event: MatchableEvent, match: EventMatch): string[] {
  const differences = differencesOf(event, match);
  const lines = differences.slice(0, MAX_LINES).map(describe);
  const left = differences.length - lines.length;
  return left > 0 ? [...lines, `… and ${left} more`] : lines;
}

function describe(difference: Difference): string {
  const { path, expected, actual } = difference;
  return `${showPath(path)}: expected ${showExpected(expected, actual)}, but ${showActual(difference)}`;
}

function showPath([field, ...inner]: Difference['path']): string {
  const names = inner.slice(0, MAX_LEVELS).map((name) => `[${typeof name === 'string' ? showText(name) : name}]`);
  return `${String(field)}${names.join('')}${inner.length > MAX_LEVELS ? '…' : ''}`;
}

function showExpected(expected: unknown, actual: unknown): string {
  if (expected === undefined) return 'it to be absent';
  const isOfLength = Array.isArray(expected) && Array.isArray(actual);
  return isOfLength ? `${countOf(expected)} in ${showValue(expected)}` : showValue(expected);
}

function showActual({ path, expected, actual, holder }: Difference): string {
  if (actual !== undefined) {
    const isOfLength = Array.isArray(expected) && Array.isArray(actual);
    return isOfLength ? `was ${countOf(actual)} in ${showValue(actual)}` : `was ${showValue(actual)}`;
  }
  const name = path.at(-1);
  const names = Object.keys(holder ?? {})
    .slice(0, MAX_NAMES)
    .filter((other) => other !== name);
  const alike = typeof name === 'string' ? mostAlike(name, names) : undefined;
  return alike === undefined ? 'it is absent' : `it is absent; did you mean ${showText(alike)}?`;
}

function countOf({ length }: readonly unknown[]): string {
  return length === 1 ? '1 element' : `${length} elements`;
}
