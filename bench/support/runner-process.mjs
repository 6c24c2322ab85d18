import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('runner.mjs', import.meta.url));

/**
 * Starts a process with one library in it.
 *
 * @param {{ library: string, origin: string, redis?: string, role?: 'both' | 'producer' | 'worker' }} settings
 * @returns {Promise<Runner>}
 *
 * @typedef {object} Runner
 * @property {(range: { from: number, to: number, underWay: number }) => Promise<{ cpuMicroseconds: number }>} track
 *   tracks the events of these numbers; resolves when the last call of `track()` does
 * @property {(events: number) => Promise<{ cpuMicroseconds: number }>} deliver resolves when so many were delivered in all
 * @property {(range: { from: number, to: number }) => Promise<{ microseconds: number, cpuMicroseconds: number }>} call what
 *   calling `track()` with the events of these numbers took; resolves when they are delivered
 */
export async function startRunner(settings) {
  const child = fork(program, [JSON.stringify(settings)]);
  // Without it there is nothing to measure, and this process may be left waiting.
  child.once('exit', (code) => {
    throw new Error(`the process of ${settings.library} ended with ${code}`);
  });
  await once(child, 'message');
  const ask = async (order, details) => {
    const answer = once(child, 'message');
    child.send({ order, ...details });
    const [{ failure, ...result }] = await answer;
    if (failure !== undefined) throw new Error(`${settings.library}: ${failure}`);
    return result;
  };
  return {
    track: (range) => ask('track', range),
    deliver: (events) => ask('deliver', { events }),
    call: (range) => ask('call', range),
  };
}
