// @ts-check

/** Counts how often each text is there now. */
export class Tally {
  /** @type {Map<string, number>} */
  #counts = new Map();
  /** Grows whenever a text appears or goes. */
  version = 0;

  /** @param {string} text @param {1 | -1} by */
  add(text, by) {
    if (text === '') return;
    const before = this.#counts.get(text) ?? 0;
    const after = before + by;
    if (after > 0) this.#counts.set(text, after);
    else this.#counts.delete(text);
    if (before === 0 || after === 0) this.version++;
  }

  /** @param {string} text */
  has(text) {
    return this.#counts.has(text);
  }

  /** The most frequent texts. @param {number} limit */
  top(limit) {
    const sorted = [...this.#counts].sort((left, right) => right[1] - left[1]);
    return sorted.slice(0, limit).map(([text]) => text);
  }

  clear() {
    this.#counts.clear();
    this.version++;
  }
}
