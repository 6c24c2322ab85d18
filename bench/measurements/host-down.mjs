import { setTimeout as pause } from 'node:timers/promises';
import { exampleData, exampleUser } from '../support/example-event.mjs';
import { idleMegabytes, peakMegabytes } from '../support/memory.mjs';
import { yielding } from '../support/pacing.mjs';

const SHUTDOWN_TIMEOUT = 1_000;

/** Calls while nothing listens at the host: memory, and what the library knows of its events' fate. */
export async function measureHostDown(library, { origin, events, observed }) {
  const { track, ledger, app } = await library.open({
    origin,
    logger: ['warn', 'error', 'fatal'],
    delivery: { maxPending: undefined, maxPendingBytes: undefined, shutdownTimeout: SHUTDOWN_TIMEOUT },
  });
  const idle = idleMegabytes();
  let thrown = 0;
  const call = (number) => {
    try {
      track(exampleUser(number), exampleData(number));
    } catch {
      thrown++;
    }
  };
  await yielding({ from: 0, to: events, call });
  await pause(observed);
  const before = ledger?.();
  await app?.close();
  return {
    sent: 0,
    thrown,
    idleMegabytes: idle,
    peakMegabytes: peakMegabytes(),
    ledger: before,
    ledgerAfterClose: ledger?.(),
  };
}
