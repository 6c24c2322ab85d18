import { quote } from '../../common/describe-value.js';
import { attributeTypeOf } from '../../events/constraints/attribute-type.js';
import { formatDate } from '../../events/event-time.js';
import { types } from 'node:util';
import { isAsymmetricMatcher } from '../../matching/asymmetric-matcher.js';

/** A value that no event can hold, and where it is expected. */
export interface ImpossibleValue {
  readonly path: string;
  readonly value: unknown;
}

/** Looks within what is expected of `eventData` for a value that WebEngage has no type for. */
export function findImpossible(
  expected: unknown,
  path: string,
  seen = new Set<unknown>(),
): ImpossibleValue | undefined {
  if (expected === undefined || isAsymmetricMatcher(expected) || seen.has(expected)) return undefined;
  if (!isPossible(expected)) return { path, value: expected };
  if (typeof expected !== 'object' || types.isDate(expected)) return undefined;
  seen.add(expected);
  for (const [name, value] of Object.entries(expected as object)) {
    const key = Array.isArray(expected) ? name : quote(name);
    const found = findImpossible(value, `${path}[${key}]`, seen);
    if (found) return found;
  }
  return undefined;
}

function isPossible(value: unknown): boolean {
  return types.isDate(value) ? formatDate(value) !== undefined : attributeTypeOf(value) !== undefined;
}
