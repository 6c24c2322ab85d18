/** What decides for itself whether a value is as expected: `expect.any(String)` of Jest and Vitest, for example. */
export interface AsymmetricMatcher {
  asymmetricMatch(actual: unknown): unknown;
}

export function isAsymmetricMatcher(value: unknown): value is AsymmetricMatcher {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Partial<AsymmetricMatcher>).asymmetricMatch === 'function'
  );
}
