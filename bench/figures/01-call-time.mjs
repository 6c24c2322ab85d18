import { libraries, PEERS } from '../libraries/index.mjs';
import { arrivedOnce } from '../support/arrival.mjs';
import { goal } from '../support/goal.mjs';
import { notesOnFailures, rowsOf, smallest } from '../support/rows.mjs';
import { number } from '../support/table.mjs';

const WITHIN = 1.25;
const specOf = (library) => ({ measurement: 'callTime', library, parameters: { warmUp: 48_000, events: 48_000 } });
const ours = specOf('bulkWebengage');
const peers = PEERS.map(specOf);
const direct = specOf('directWebengage');
const specs = [ours, direct, ...peers];

/** What a caller pays for `track()`. */
export const callTime = {
  number: 1,
  title: 'µs per track() call, paced',
  specs,
  report(results) {
    const read = { mean: ({ mean }) => mean, median: ({ median }) => median, p99: ({ p99 }) => p99 };
    return {
      columns: ['library', 'mean µs', 'median µs', 'p99 µs', 'lost'],
      rows: rowsOf(specs, results, (spec) => [
        ...['mean', 'median', 'p99'].map((what) => number(results.median(spec, read[what]), 2)),
        results.completeness(spec),
      ]),
      goals: [
        ...['mean', 'p99'].map((what) => againstFastest(what, read[what], results)),
        arrivedOnce([ours, direct], results),
      ],
      notes: [
        ...notesOnFailures(specs, results),
        'Amplitude and PostHog leave much of the work of track() to later turns of the loop: figure 2 has the whole of it.',
      ],
    };
  },
};

function againstFastest(what, read, results) {
  const fastest = smallest(peers, results, read);
  const name = fastest ? libraries[fastest.library].name : 'none was measured';
  const value = fastest && results.ratio(ours, fastest, read);
  return goal(`${what} against the fastest SDK (${name})`, { value, atMost: WITHIN, unit: ' ×' });
}
