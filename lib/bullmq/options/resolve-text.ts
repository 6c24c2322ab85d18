import { describeValue } from '../../common/describe-value.js';
import type { OptionProblems } from '../../configuration/option-problems.js';

/** The option as text that is not empty, or its default. */
export function resolveText(problems: OptionProblems, option: string, value: unknown, otherwise: string): string {
  if (value === undefined || (typeof value === 'string' && value !== '')) return value ?? otherwise;
  problems.add(option, `must be a String that is not empty, but is ${describeValue(value)}`);
  return otherwise;
}
