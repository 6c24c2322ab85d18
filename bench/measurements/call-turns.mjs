import { startRunner } from '../support/runner-process.mjs';

/**
 * What `track()` costs its caller, with several libraries: each has a process of its own, and they take short blocks of
 * calls in turns, so that whatever else the machine does falls on all of them.
 *
 * @param _library not used: the parameters name several
 * @param {{ libraries: string[], warmUpTurns: number, turns: number, calls: number }} parameters `calls`: those of one block
 */
export async function measureCallTurns(_library, { origin, libraries, warmUpTurns, turns, calls }) {
  const runners = {};
  for (const library of libraries) runners[library] = await startRunner({ library, origin });
  const costs = Object.fromEntries(libraries.map((library) => [library, []]));
  let next = 0;
  for (let turn = 0; turn < warmUpTurns + turns; turn++) {
    const order = turn % 2 === 0 ? libraries : libraries.toReversed();
    for (const library of order) {
      const { microseconds, cpuMicroseconds } = await runners[library].call({ from: next, to: (next += calls) });
      const cost = { microseconds: microseconds / calls, cpuMicroseconds: cpuMicroseconds / calls };
      if (turn >= warmUpTurns) costs[library].push(cost);
    }
  }
  return { sent: next, costs };
}
