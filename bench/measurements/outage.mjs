import { setTimeout as pause } from 'node:timers/promises';
import { exampleData, exampleUser } from '../support/example-event.mjs';
import { watchLoopDelay } from '../support/loop-delay.mjs';
import { idleMegabytes, peakMegabytes } from '../support/memory.mjs';
import { yielding } from '../support/pacing.mjs';

const REST = 500;

/** A long outage of the host under steady calls, and the shutdown in the midst of it. */
export async function measureOutage(library, { origin, events, maxPending, shutdownTimeout }) {
  const { track, ledger, app } = await library.open({ origin, maxPending, delivery: { shutdownTimeout } });
  await pause(REST);
  const idle = idleMegabytes();
  const stop = watchLoopDelay();
  const call = (number) => track(exampleUser(number), exampleData(number));
  const start = performance.now();
  await yielding({ from: 0, to: events, call });
  const seconds = (performance.now() - start) / 1000;
  const loopDelay = stop();
  const peak = peakMegabytes();
  const before = ledger();
  const closing = performance.now();
  await app.close();
  return {
    sent: 0,
    idleMegabytes: idle,
    peakMegabytes: peak,
    growthMegabytes: peak - idle,
    seconds,
    loopDelay,
    ledger: before,
    ledgerAfterClose: ledger(),
    closeMilliseconds: performance.now() - closing,
    closedAt: Date.now(),
  };
}
