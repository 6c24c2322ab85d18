import { inspect, types } from 'node:util';
import { describeValue } from '../common/describe-value.js';
import { attributeTypeOf } from '../events/constraints/attribute-type.js';
import { formatDate } from '../events/event-time.js';
import { type AsymmetricMatcher, isAsymmetricMatcher } from './asymmetric-matcher.js';

const MAX_LENGTH = 120;

/** A value and its data type, short, on one line: `39.8 (Number)`. */
export function showValue(value: unknown): string {
  if (isAsymmetricMatcher(value)) return showMatcher(value);
  const type = attributeTypeOf(value);
  return type === undefined ? showUntyped(value) : `${textOf(value)} (${type})`;
}

/** A name in quotation marks, short, on one line. */
export function showText(text: string): string {
  return JSON.stringify(cut(text));
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return showText(value);
  if (types.isDate(value)) return showText(formatDate(value) ?? 'Invalid Date');
  return typeof value === 'object' ? showObject(value) : cut(inspect(value));
}

function showUntyped(value: unknown): string {
  if (typeof value !== 'object' || value === null) return cut(inspect(value, { breakLength: Infinity }));
  return `${showObject(value)} (${describeValue(value)})`;
}

/** Not as JSON: what the caller expects may hold cycles, or what JSON has no form for. */
function showObject(value: object | null): string {
  const limits = { depth: 2, maxArrayLength: 10, maxStringLength: 60, breakLength: Infinity, compact: true };
  return cut(inspect(value, limits).replace(/\s*\n\s*/g, ' '));
}

/** What the matchers of Jest and Vitest have besides. */
interface NamedMatcher extends AsymmetricMatcher {
  /** Names it, with what it takes. */
  toAsymmetricMatcher?(): unknown;
  /** What it was made with. */
  readonly sample?: unknown;
  toString(): string;
}

/** `StringContaining "Eau"` or `Any<String>`, as Jest and Vitest name their matchers. */
function showMatcher(matcher: NamedMatcher): string {
  try {
    if (typeof matcher.toAsymmetricMatcher === 'function') return cut(String(matcher.toAsymmetricMatcher()));
    const name = matcher.toString();
    return cut(Object.hasOwn(matcher, 'sample') ? `${name} ${textOf(matcher.sample)}` : name);
  } catch {
    return 'what an asymmetric matcher takes';
  }
}

function cut(text: string): string {
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH)}…`;
}
