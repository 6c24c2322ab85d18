import { exampleData, exampleUser } from '../support/example-event.mjs';
import { paced } from '../support/pacing.mjs';
import { mean, quantile } from '../support/statistics.mjs';

// Whole batches of 15, 20 and 25, so that no library waits with an unfinished one.
const WINDOW = 300;

/** Microseconds that one `track()` keeps its caller, the event's attributes being at hand. */
export async function measureCallTime(library, { origin, warmUp, events }) {
  const { track, settle } = await library.open({ origin });
  const microseconds = new Float64Array(warmUp + events);
  const call = (number) => {
    const userId = exampleUser(number);
    const eventData = exampleData(number);
    const start = performance.now();
    track(userId, eventData);
    microseconds[number] = (performance.now() - start) * 1000;
  };
  await paced({ from: 0, to: warmUp, window: WINDOW, call, settle });
  await paced({ from: warmUp, to: warmUp + events, window: WINDOW, call, settle });
  const measured = microseconds.subarray(warmUp);
  return {
    sent: warmUp + events,
    mean: mean(measured),
    median: quantile(measured, 0.5),
    p99: quantile(measured, 0.99),
  };
}
