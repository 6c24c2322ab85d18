import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What the first finds to be unreachable may hold more. */
const COLLECTIONS = 3;
/** V8 gives pages back behind the program, within so many milliseconds. */
const GIVEN_BACK_AFTER = 300;

/** The process's resident memory now, in millions of bytes. */
export function idleMegabytes() {
  return process.memoryUsage.rss() / 1e6;
}

/** The most resident memory that the process ever had, in millions of bytes. */
export function peakMegabytes() {
  return (process.resourceUsage().maxRSS * 1024) / 1e6;
}

/** What the process holds when its garbage is collected and given back to the system, in millions of bytes. */
export async function collectedMemory() {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc');
  for (let time = 0; time < COLLECTIONS; time++) {
    collectGarbage();
    await pause(GIVEN_BACK_AFTER);
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heapMegabytes: (heapUsed + external) / 1e6, residentMegabytes: rss / 1e6 };
}
