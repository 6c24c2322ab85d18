import { describeValue } from '../common/describe-value.js';
import { LONGEST_TIMER } from '../common/longest-timer.js';
import type { ConfigurationProblem } from '../errors/configuration.error.js';

/** Collects what is wrong with options. No message repeats a value: it might be a key in the wrong place. */
export class OptionProblems {
  readonly found: ConfigurationProblem[] = [];

  constructor(private readonly environmentVariables: Readonly<Record<string, string>>) {}

  add(option: string, message: string): void {
    const environmentVariable = this.environmentVariables[option];
    this.found.push({ option, ...(environmentVariable === undefined ? undefined : { environmentVariable }), message });
  }

  /** The option as a whole number within bounds, or its default. */
  wholeNumber(option: string, value: unknown, otherwise: number, min = 0, max = Number.MAX_SAFE_INTEGER): number {
    if (value === undefined) return otherwise;
    if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return value as number;
    const actual = typeof value === 'number' ? String(value) : describeValue(value);
    this.add(option, `must be a whole number from ${min} to ${max}, but is ${actual}`);
    return otherwise;
  }

  /** The option as a duration that a timer can hold, or its default. */
  milliseconds(option: string, value: unknown, otherwise: number, min = 0): number {
    return this.wholeNumber(option, value, otherwise, min, LONGEST_TIMER);
  }

  boolean(option: string, value: unknown, otherwise: boolean): boolean {
    if (value === undefined || typeof value === 'boolean') return value ?? otherwise;
    this.add(option, `must be true or false, but is ${describeValue(value)} that says neither`);
    return otherwise;
  }

  oneOf<Choice extends string>(option: string, value: unknown, choices: readonly Choice[], otherwise: Choice): Choice {
    if (value === undefined) return otherwise;
    if (choices.includes(value as Choice)) return value as Choice;
    this.add(option, `must be one of ${choices.map((choice) => `"${choice}"`).join(', ')}, but is something else`);
    return otherwise;
  }

  /** The option as an object, or an empty one. */
  object(option: string, value: unknown): Record<string, unknown> {
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
    if (value !== undefined) this.add(option, `must be an object, but is ${describeValue(value)}`);
    return {};
  }

  function(option: string, value: unknown): void {
    if (value !== undefined && typeof value !== 'function') {
      this.add(option, `must be a function, but is ${describeValue(value)}`);
    }
  }
}
