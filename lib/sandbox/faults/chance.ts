import { createHash, randomInt } from 'node:crypto';

const TWO_TO_32 = 2 ** 32;

/** Throws a coin again and again; the same seed throws the same sides. */
export class Chance {
  private throws = 0;

  constructor(
    private readonly probability: number,
    private readonly seed: number = randomInt(TWO_TO_32),
  ) {}

  next(): boolean {
    const digest = createHash('sha256').update(`${this.seed}:${this.throws++}`).digest();
    return digest.readUInt32BE() / TWO_TO_32 < this.probability;
  }
}
