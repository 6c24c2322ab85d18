import { libraries } from '../libraries/index.mjs';
import { arrivedOnce } from '../support/arrival.mjs';
import { goal } from '../support/goal.mjs';
import { notesOnFailures } from '../support/rows.mjs';
import { sum } from '../support/statistics.mjs';
import { number } from '../support/table.mjs';

const EVENTS = 10_000;
const BLOCKS = 3;
/** The stream of BullMQ's events is cut in whole blocks, so its length goes up and down. */
const GROWTH = 1.25;
const specOf = (library) => ({
  measurement: 'leftInRedis',
  library,
  parameters: { library, events: EVENTS, blocks: BLOCKS, underWay: 100 },
  needsRedis: true,
  rounds: 1,
});
const single = specOf('durableSingleWebengage');
const bulk = specOf('durableBulkWebengage');
const specs = [single, bulk, specOf('plainBullMq')];

/** What stays in Redis of events that were delivered. */
export const leftInRedis = {
  number: 13,
  title: "bytes of BullMQ's keys in Redis when all events are delivered, as their number grows",
  specs,
  report(results) {
    return {
      columns: [
        'library',
        ...Array.from({ length: BLOCKS }, (_, block) => `after ${number((block + 1) * EVENTS)}`),
        'of it in the stream of what happened',
        'lost',
      ],
      rows: specs.map((spec) => [
        libraries[spec.library].name,
        ...Array.from({ length: BLOCKS }, (_, block) => number(results.median(spec, ({ bytes }) => bytes[block]))),
        number(results.median(spec, ({ keys }) => streamBytes(keys))),
        results.completeness(spec),
      ]),
      goals: [
        ...[single, bulk].map((spec) =>
          goal(`${libraries[spec.library].name}, after ${number(BLOCKS * EVENTS)} against after ${number(EVENTS)}`, {
            value: results.median(spec, ({ bytes }) => bytes.at(-1) / bytes[0]),
            atMost: GROWTH,
            unit: ' ×',
          }),
        ),
        arrivedOnce([single, bulk], results),
      ],
      notes: notesOnFailures(specs, results),
    };
  },
};

function streamBytes(keys) {
  return sum(Object.keys(keys).map((key) => (key.endsWith(':events') ? keys[key] : 0)));
}
