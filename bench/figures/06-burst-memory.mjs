import { PEERS } from '../libraries/index.mjs';
import { arrivedOnce } from '../support/arrival.mjs';
import { burstSpec } from '../support/burst-specs.mjs';
import { goal } from '../support/goal.mjs';
import { notesOnFailures, rowsOf } from '../support/rows.mjs';
import { number } from '../support/table.mjs';

const MEGABYTES = 200;
const ours = burstSpec('bulkWebengage');
const specs = [ours, ...[...PEERS, 'axiosBulkLoop'].map((library) => ({ ...burstSpec(library), rounds: 1 }))];
const peak = ({ peakMegabytes }) => peakMegabytes;

/** The memory that a burst takes. */
export const burstMemory = {
  number: 6,
  title: 'peak resident memory, 100,000 events in one synchronous loop',
  specs,
  report(results) {
    return {
      columns: ['library', 'peak MB', 'before it MB', 'seconds', 'connections', 'lost'],
      rows: rowsOf(specs, results, (spec) => [
        number(results.median(spec, peak)),
        number(results.median(spec, ({ idleMegabytes }) => idleMegabytes)),
        number(
          results.median(spec, ({ seconds }) => seconds),
          1,
        ),
        number(results.largest(spec, ({ maxSockets }) => maxSockets)),
        results.completeness(spec),
      ]),
      goals: [
        goal('peak resident memory', {
          value: results.median(ours, peak),
          atMost: MEGABYTES,
          unit: ' MB',
          decimals: 0,
        }),
        arrivedOnce([ours], results),
      ],
      notes: [
        ...notesOnFailures(specs, results),
        'The others are measured once. 1 MB is 1,000,000 bytes.',
        'Mixpanel takes a connection for each call under way: beyond the limit of open files its calls fail.',
      ],
    };
  },
};
