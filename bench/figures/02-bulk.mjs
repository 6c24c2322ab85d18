import { PEERS } from '../libraries/index.mjs';
import { arrivedOnce } from '../support/arrival.mjs';
import { goal } from '../support/goal.mjs';
import { notesOnFailures, rowsOf } from '../support/rows.mjs';
import { number } from '../support/table.mjs';
import { throughputSpecs } from '../support/throughput-specs.mjs';

const AGAINST_POSTHOG = 2;
const AGAINST_BARE_LOOP = 0.85;
const specs = throughputSpecs(['bulkWebengage', ...PEERS, 'axiosBulkLoop']);
const specOf = (name) => specs.find(({ library }) => library === name);
const read = ({ eventsPerCpuSecond }) => eventsPerCpuSecond;

/** What an event costs in all where several go in a call. */
export const bulk = {
  number: 2,
  title: 'events per CPU-second, each library in its natural batches, paced',
  specs,
  report(results) {
    const ours = specOf('bulkWebengage');
    const against = (name) => results.ratio(ours, specOf(name), read);
    return {
      columns: ['library', 'events per CPU-s', 'ours against it', 'lost'],
      rows: rowsOf(specs, results, (spec) => [
        number(results.median(spec, read)),
        number(results.ratio(ours, spec, read), 2),
        results.completeness(spec),
      ]),
      goals: [
        goal('against PostHog', { value: against('posthog'), atLeast: AGAINST_POSTHOG, unit: ' ×' }),
        goal('against a bare axios bulk loop', {
          value: against('axiosBulkLoop'),
          atLeast: AGAINST_BARE_LOOP,
          unit: ' ×',
        }),
        arrivedOnce([ours], results),
      ],
      notes: [...notesOnFailures(specs, results), 'Mixpanel makes one call for each event, on a bare http.request().'],
    };
  },
};
