import { startRunner } from './runner-process.mjs';

/**
 * A library that takes part in a measurement by turns: `run(range)` resolves with the CPU that a block of events took.
 *
 * @param {'store' | 'deliver' | 'deliverApart'} mode `store`: until the events are stored, and nothing delivers them;
 *   `deliver`: until they are delivered, by the process that tracks them; `deliverApart`: by another process
 */
export async function startEntrant(mode, settings) {
  const start = (role) => startRunner({ ...settings, role });
  if (mode === 'store') return { run: storing(await start('producer')) };
  if (mode === 'deliver') return { run: delivering(await start('both')) };
  const [producer, worker] = await Promise.all([start('producer'), start('worker')]);
  return { run: deliveringApart(producer, worker) };
}

function storing(runner) {
  return async (range) => (await runner.track(range)).cpuMicroseconds;
}

function delivering(runner) {
  let events = 0;
  return async (range) => {
    events += range.to - range.from;
    const tracked = await runner.track(range);
    const delivered = await runner.deliver(events);
    return tracked.cpuMicroseconds + delivered.cpuMicroseconds;
  };
}

function deliveringApart(producer, worker) {
  let events = 0;
  return async (range) => {
    events += range.to - range.from;
    const [tracked, delivered] = await Promise.all([producer.track(range), worker.deliver(events)]);
    return tracked.cpuMicroseconds + delivered.cpuMicroseconds;
  };
}
