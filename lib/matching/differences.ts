import { types } from 'node:util';
import { isPlainObject } from '../events/constraints/attribute-type.js';
import { formatDate } from '../events/event-time.js';
import { isAsymmetricMatcher } from './asymmetric-matcher.js';

/** A place in which what is there differs from what is expected. */
export interface Difference {
  /** The names and indexes that lead to it, outermost first. */
  readonly path: readonly (string | number)[];
  readonly expected: unknown;
  /** Undefined: there is nothing. */
  readonly actual: unknown;
  /** The object or array that was to hold it. */
  readonly holder: object | undefined;
}

interface Place {
  readonly outer: Place | undefined;
  readonly key: string | number | undefined;
  readonly expected: unknown;
  readonly actual: unknown;
  readonly holder: object | undefined;
}

/**
 * Finds where a JSON value differs from what is expected of it, at most `limit` places, in the expectation's order.
 * An expected object says something of the properties that it names, an array of all its elements; an expected Date
 * stands for the String that the library writes for it, undefined for what is absent. Only own properties count.
 *
 * A cycle in the expectation does no harm: each step leads deeper into the JSON value, which has an end. The places that
 * are left to look at are kept in a list, not on the call stack: such a value may be nested deeply.
 */
export function findDifferences(expected: unknown, actual: unknown, limit = Infinity): Difference[] {
  const found: Difference[] = [];
  const places: Place[] = [{ outer: undefined, key: undefined, expected, actual, holder: undefined }];
  for (let place = places.pop(); place !== undefined && found.length < limit; place = places.pop()) {
    const inner = placesWithin(place);
    if (inner === undefined) {
      if (!isAsExpected(place)) found.push(differenceAt(place));
    } else {
      for (const next of inner.reverse()) places.push(next);
    }
  }
  return found;
}

/** Whether a JSON value is as expected. */
export function matchesValue(expected: unknown, actual: unknown): boolean {
  return findDifferences(expected, actual, 1).length === 0;
}

/** What is to be compared piece by piece; undefined for what is compared as a whole. */
function placesWithin(outer: Place): Place[] | undefined {
  const { expected, actual } = outer;
  if (!isObject(expected) || !isObject(actual) || isAsymmetricMatcher(expected)) return undefined;
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return undefined;
    return Array.from(expected, (element: unknown, key) => {
      return { outer, key, expected: element, actual: (actual as unknown[])[key], holder: actual };
    });
  }
  if (Array.isArray(actual) || !isPlainObject(expected)) return undefined;
  return Object.keys(expected).map((key) => {
    return { outer, key, expected: expected[key], actual: ownProperty(actual, key), holder: actual };
  });
}

function isAsExpected({ expected, actual }: Place): boolean {
  if (isAsymmetricMatcher(expected)) return Boolean(expected.asymmetricMatch(actual));
  if (types.isDate(expected)) return typeof actual === 'string' && formatDate(expected) === actual;
  return expected === actual;
}

function differenceAt({ outer, key, expected, actual, holder }: Place): Difference {
  const path: (string | number)[] = key === undefined ? [] : [key];
  for (let place = outer; place?.key !== undefined; place = place.outer) path.push(place.key);
  return { path: path.reverse(), expected, actual, holder };
}

function ownProperty(object: object, key: string): unknown {
  return Object.hasOwn(object, key) ? (object as Record<string, unknown>)[key] : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
