import { arrivedOnce } from '../support/arrival.mjs';
import { goal } from '../support/goal.mjs';
import { notesOnFailures, rowsOf } from '../support/rows.mjs';
import { number } from '../support/table.mjs';
import { throughputSpecs } from '../support/throughput-specs.mjs';

const AGAINST_HTTP_SERVICE = 1.3;
const specs = throughputSpecs(['singleWebengage', 'directWebengage', 'httpServiceLoop', 'axiosTunedLoop']);
const [ours, direct, httpServiceLoop] = specs;
const read = ({ eventsPerCpuSecond }) => eventsPerCpuSecond;

/** What an event costs in all where each has a call of its own. */
export const single = {
  number: 3,
  title: 'events per CPU-second, one event a call, 16 calls at a time',
  specs,
  report(results) {
    return {
      columns: ['library', 'events per CPU-s', 'ours against it', 'lost'],
      rows: rowsOf(specs, results, (spec) => [
        number(results.median(spec, read)),
        number(results.ratio(ours, spec, read), 2),
        results.completeness(spec),
      ]),
      goals: [
        goal('against a bare HttpService loop', {
          value: results.ratio(ours, httpServiceLoop, read),
          atLeast: AGAINST_HTTP_SERVICE,
          unit: ' ×',
        }),
        arrivedOnce([ours, direct], results),
      ],
      notes: notesOnFailures(specs, results),
    };
  },
};
