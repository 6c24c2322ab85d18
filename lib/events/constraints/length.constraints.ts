import type { Constraint } from './violation.js';

/** Characters are UTF-16 code units: never fewer than by any other count, so what passes here is never too long. */
export function shorterThan(limit: number): Constraint<string> {
  return {
    rule: 'length',
    check: (text) =>
      text.length < limit ? undefined : `must be shorter than ${limit} characters, but has ${text.length}`,
  };
}

/** As `shorterThan()`, but the limit itself is allowed. */
export function atMost(limit: number): Constraint<string> {
  return {
    rule: 'length',
    check: (text) =>
      text.length <= limit ? undefined : `must have at most ${limit} characters, but has ${text.length}`,
  };
}
