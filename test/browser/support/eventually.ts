import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE = 20_000;
const LOOK_EVERY = 20;

/** Tries until it no longer fails; what it fails with after 20 seconds is the test's failure. */
export async function eventually(assertion: () => void | Promise<void>): Promise<void> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await pause(LOOK_EVERY);
  }
}
