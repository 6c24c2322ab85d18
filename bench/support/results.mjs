import { median } from './statistics.mjs';

/** What was measured so far, by spec. A spec of which one round failed counts as failed. */
export class Results {
  #rounds = new Map();
  #failures = new Map();

  has(spec) {
    return this.#rounds.has(keyOf(spec)) || this.#failures.has(keyOf(spec));
  }

  /** @param {{ result?: object, failure?: string }} outcome */
  add(spec, { result, failure }) {
    const key = keyOf(spec);
    if (failure !== undefined) this.#failures.set(key, failure);
    else this.#rounds.set(key, [...(this.#rounds.get(key) ?? []), result]);
  }

  /** Why there is no result, if there is none. */
  failure(spec) {
    return this.#failures.get(keyOf(spec));
  }

  /** The results of all rounds; none if one failed. */
  rounds(spec) {
    return this.failure(spec) === undefined ? (this.#rounds.get(keyOf(spec)) ?? []) : [];
  }

  /** The median over the rounds; undefined if there is no result. */
  median(spec, read) {
    const values = this.rounds(spec).map(read);
    return values.length === 0 ? undefined : median(values);
  }

  /** The largest over the rounds; undefined if there is no result. */
  largest(spec, read) {
    const values = this.rounds(spec).map(read);
    return values.length === 0 ? undefined : Math.max(...values);
  }

  /** The median of the rounds' ratios: both were measured one soon after the other in each. */
  ratio(spec, otherSpec, read) {
    const others = this.rounds(otherSpec);
    const ratios = this.rounds(spec)
      .slice(0, others.length)
      .map((result, round) => read(result) / read(others[round]));
    return ratios.length === 0 ? undefined : median(ratios);
  }

  /** How many events were lost and how many came twice, in all rounds together. */
  completeness(spec) {
    const rounds = this.rounds(spec);
    if (rounds.length === 0) return '–';
    const lost = rounds.reduce((total, { sent, arrived }) => total + sent - arrived, 0);
    const duplicates = rounds.reduce((total, round) => total + round.duplicates, 0);
    const sent = rounds.reduce((total, round) => total + round.sent, 0);
    const losses = lost === 0 ? 'none' : `${lost} of ${sent}`;
    return duplicates === 0 ? losses : `${losses}, ${duplicates} twice`;
  }

  toJSON() {
    const keys = new Set([...this.#rounds.keys(), ...this.#failures.keys()]);
    return [...keys].map((key) => ({
      ...JSON.parse(key),
      failure: this.#failures.get(key),
      rounds: this.#rounds.get(key) ?? [],
    }));
  }
}

function keyOf(spec) {
  return JSON.stringify(spec);
}
