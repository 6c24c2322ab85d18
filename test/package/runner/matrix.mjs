/** What every application showed: once, and by every version of Node. */
export class Matrix {
  #rows = new Map();
  #figures = {};
  #failed = new Set();

  addOnce({ name }, { ok, ran, output, nest, figures }) {
    Object.assign(this.#figures, figures);
    console.log(`${name}, Nest ${nest}, once: ${ran.join(', ')}`);
    if (!ok) this.#fail(name, 'what is checked once', output);
  }

  /** Adds the outcome of a run, or the reason why there was none. */
  add({ name }, script, { version }, { ok, output, seconds, reason }) {
    const key = `${name} ${script.name}`;
    const row = this.#rows.get(key) ?? { app: name, run: script.name };
    this.#rows.set(key, row);
    row[`Node ${version}`] = reason ?? `${ok ? 'ok' : 'FAILED'} ${seconds} s`;
    if (reason === undefined && !ok) this.#fail(name, `${script.name} by Node ${version}`, output);
  }

  isPassedBy(name) {
    return !this.#failed.has(name);
  }

  isPassed() {
    return this.#failed.size === 0;
  }

  print() {
    const rows = [...this.#rows.entries()].sort(([one], [other]) => (one < other ? -1 : 1));
    console.table(rows.map(([, row]) => row));
    if (Object.keys(this.#figures).length > 0) console.table(this.#figures);
  }

  #fail(name, what, output) {
    this.#failed.add(name);
    console.error(`${output}\n${name} FAILED: ${what}\n`);
  }
}
