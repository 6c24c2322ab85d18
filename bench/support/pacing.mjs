import { setImmediate as nextTurn } from 'node:timers/promises';

/** Calls between two yields to the event loop: what one turn of a busy server may bring. */
const CALLS_PER_TURN = 20;

/**
 * Makes calls in batches, with a yield to the event loop after each, and waits after each `window` until the library
 * has delivered what it holds: no buffer overflows and none grows long. All libraries are paced alike.
 *
 * @param {{ from: number, to: number, window: number, call: (number: number) => void, settle: () => Promise<void> }} pace
 */
export async function paced({ from, to, window, call, settle }) {
  for (let number = from; number < to; number++) {
    call(number);
    const made = number - from + 1;
    if (made % CALLS_PER_TURN === 0) await nextTurn();
    if (made % window === 0) await settle();
  }
  await settle();
}

/** Makes calls in batches, with a yield to the event loop after each. */
export async function yielding({ from, to, call }) {
  for (let number = from; number < to; number++) {
    call(number);
    if ((number - from + 1) % CALLS_PER_TURN === 0) await nextTurn();
  }
}
