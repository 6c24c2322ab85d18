// @ts-check
/** @typedef {import('../common/contract.js').SandboxEvent} SandboxEvent */

/** Tells what the sandbox remembered when the page was opened from what has come in since. */
export class Backlog {
  /** @type {WeakSet<SandboxEvent>} */
  #old = new WeakSet();
  #left = /** @type {number | undefined} */ (undefined);

  /** The stream tells the state first, then all that is remembered. @param {number} remembered */
  begin(remembered) {
    this.#left ??= remembered;
  }

  /** Nothing more of it is to come. */
  end() {
    this.#left = 0;
  }

  /** @param {SandboxEvent[]} events as the stream brings them */
  take(events) {
    for (const event of events.slice(0, this.#left)) this.#old.add(event);
    this.#left = Math.max(0, (this.#left ?? 0) - events.length);
  }

  /** @param {SandboxEvent} event */
  has(event) {
    return this.#old.has(event);
  }
}
