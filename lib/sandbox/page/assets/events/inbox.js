// @ts-check
import { perFrame } from '../common/frame.js';

/** @typedef {import('../common/contract.js').SandboxEvent} SandboxEvent */

/** How many events one frame takes in: a full reload of 10,000 then spreads over several frames. */
const PER_FRAME = 1500;

/** Holds what the stream brought until the next frame, or until the list is resumed. */
export class Inbox {
  /** @type {Map<number, SandboxEvent>} */
  #waiting = new Map();
  #paused = false;
  #request;

  /** @param {(events: SandboxEvent[]) => void} deliver @param {() => number} capacity */
  constructor(deliver, capacity) {
    this.deliver = deliver;
    this.capacity = capacity;
    this.#request = perFrame(() => this.#flush());
  }

  get size() {
    return this.#waiting.size;
  }

  get paused() {
    return this.#paused;
  }

  set paused(paused) {
    this.#paused = paused;
    if (!paused) this.#request();
  }

  /** @param {SandboxEvent[]} events */
  add(events) {
    for (const event of events) this.#waiting.set(event.id, event);
    this.#forgetOldest();
    if (!this.#paused) this.#request();
  }

  clear() {
    this.#waiting.clear();
  }

  #forgetOldest() {
    // As many as the store takes: of those that were taken in, and of those that were not.
    let surplus = this.#waiting.size - 2 * this.capacity();
    for (const id of this.#waiting.keys()) {
      if (surplus-- <= 0) return;
      this.#waiting.delete(id);
    }
  }

  #flush() {
    if (this.#paused || this.#waiting.size === 0) return;
    /** @type {SandboxEvent[]} */
    const batch = [];
    for (const [id, event] of this.#waiting) {
      batch.push(event);
      this.#waiting.delete(id);
      if (batch.length === PER_FRAME) break;
    }
    this.deliver(batch);
    if (this.#waiting.size > 0) this.#request();
  }
}
