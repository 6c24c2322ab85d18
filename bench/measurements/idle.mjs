import { setTimeout as pause } from 'node:timers/promises';
import { watchLoopDelay } from '../support/loop-delay.mjs';

/** What the event loop's delay is where nothing happens. */
export async function measureIdle(library, { origin, milliseconds }) {
  await library.open({ origin });
  const stop = watchLoopDelay();
  await pause(milliseconds);
  return { sent: 0, loopDelay: stop() };
}
