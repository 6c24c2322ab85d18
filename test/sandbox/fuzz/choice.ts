import { seededRandom } from '../../delivery/quota/seeded-random.js';

const ODD_TEXTS: [string, ...string[]] = [
  'a',
  'Z',
  '%',
  '%00',
  '%2e',
  '..',
  '/',
  '\\',
  '?',
  '#',
  '&',
  '=',
  '"',
  "'",
  '<',
  '😀',
  'é',
  '\u2028',
  ' ',
];

/** Draws at random, but the same for the same seed. */
export class Choice {
  private readonly random: () => number;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  /** A whole number from `min` to `max`. */
  number(min: number, max: number): number {
    return min + Math.floor(this.random() * (max - min + 1));
  }

  chance(probability: number): boolean {
    return this.random() < probability;
  }

  of<Value>(values: readonly [Value, ...Value[]]): Value {
    return values[this.number(0, values.length - 1)];
  }

  bytes(count: number): Buffer {
    return Buffer.from(Array.from({ length: count }, () => this.number(0, 255)));
  }

  /** Text of characters that someone once stumbled over. */
  text(length: number): string {
    return Array.from({ length }, () => this.of(ODD_TEXTS)).join('');
  }
}
