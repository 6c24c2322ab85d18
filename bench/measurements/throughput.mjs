import { exampleData, exampleEvent, exampleUser } from '../support/example-event.mjs';
import { paced } from '../support/pacing.mjs';

// Whole batches of 15, 20, 25, 100 and 200, so that no library waits with an unfinished one.
const WINDOW = 1_200;

/** CPU and wall-clock time from the first `track()` to the last delivered event, after a warm-up. */
export async function measureThroughput(library, { origin, warmUp, events }) {
  const send = sender(await library.open({ origin }));
  await send(0, warmUp);
  const cpu = process.cpuUsage();
  const start = performance.now();
  await send(warmUp, warmUp + events);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const cpuSeconds = (user + system) / 1e6;
  return { sent: warmUp + events, eventsPerCpuSecond: events / cpuSeconds, eventsPerSecond: events / seconds };
}

function sender({ deliver, track, settle }) {
  if (deliver) return (from, to) => deliver(from, to, exampleEvent);
  const call = (number) => track(exampleUser(number), exampleData(number));
  return (from, to) => paced({ from, to, window: WINDOW, call, settle });
}
