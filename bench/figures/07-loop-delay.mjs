import { libraries, PEERS } from '../libraries/index.mjs';
import { CONCURRENCY } from '../libraries/webengage.mjs';
import { burstSpec } from '../support/burst-specs.mjs';
import { goal, promise } from '../support/goal.mjs';
import { notesOnFailures } from '../support/rows.mjs';
import { number } from '../support/table.mjs';

const MILLISECONDS = 20;
const bulk = burstSpec('bulkWebengage');
const single = burstSpec('singleWebengage', 20_000);
const idle = { measurement: 'idle', library: 'bulkWebengage', parameters: { milliseconds: 1_000 } };
const others = [...PEERS, 'axiosBulkLoop'].map((library) => ({ ...burstSpec(library), rounds: 1 }));
const specs = [idle, bulk, single, ...others];
const p99 = ({ loopDelay }) => loopDelay.p99;

/** Whether requests are served while a backlog goes out. */
export const loopDelay = {
  number: 7,
  title: 'event-loop delay and connections while a burst goes out',
  specs,
  report(results) {
    return {
      columns: ['library', 'events', 'p99 ms', 'longest ms', 'connections'],
      rows: specs.map((spec) => [
        spec === idle ? 'ours, idle for 1 s' : libraries[spec.library].name,
        number(spec.parameters.events ?? 0),
        number(results.median(spec, p99), 1),
        number(
          results.median(spec, ({ loopDelay }) => loopDelay.max),
          1,
        ),
        number(results.largest(spec, ({ maxSockets }) => maxSockets)),
      ]),
      goals: [
        goal('p99 in bulk', { value: results.median(bulk, p99), atMost: MILLISECONDS, unit: ' ms', decimals: 1 }),
        goal('p99, one event a call', {
          value: results.median(single, p99),
          atMost: MILLISECONDS,
          unit: ' ms',
          decimals: 1,
        }),
        connectionsWithin(bulk, 'in bulk', results),
        connectionsWithin(single, 'one event a call', results),
      ],
      notes: [
        ...notesOnFailures(specs, results),
        'The delay is of a timer of 1 ms, with nothing subtracted: what an idle process shows stands in the first row.',
      ],
    };
  },
};

function connectionsWithin(spec, how, results) {
  const most = results.largest(spec, ({ maxSockets }) => maxSockets);
  return promise(
    `never more connections than concurrency (${CONCURRENCY}), ${how}`,
    most === undefined ? undefined : most <= CONCURRENCY,
    number(most),
  );
}
