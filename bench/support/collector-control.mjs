export const CONTROL = '/control/';

/** Lets the collector keep its answers back. */
export async function hold(origin) {
  await fetch(`${origin}${CONTROL}hold`);
}

/** Lets the collector give the answers that it kept back, and all others at once. */
export async function release(origin) {
  await fetch(`${origin}${CONTROL}release`);
}
