import { arrivedOnce } from '../support/arrival.mjs';
import { goal } from '../support/goal.mjs';
import { notesOnFailures } from '../support/rows.mjs';
import { number } from '../support/table.mjs';

const GROWTH = 1.2;
const FEW = 20_000;
const MANY = 100_000;
const specOf = (events) => ({
  measurement: 'burst',
  library: 'bulkWebengage',
  parameters: { warmUp: 100_000, events },
});
const few = specOf(FEW);
const many = specOf(MANY);
const read = ({ cpuMicrosecondsPerEvent }) => cpuMicrosecondsPerEvent;

/** Whether an event costs more where many others wait. */
export const growth = {
  number: 5,
  title: 'µs of CPU per event in a burst, ours in bulk, as the burst grows',
  specs: [few, many],
  report(results) {
    return {
      columns: ['events in the burst', 'µs per event', 'lost'],
      rows: [few, many].map((spec) => [
        number(spec.parameters.events),
        number(results.median(spec, read), 1),
        results.completeness(spec),
      ]),
      goals: [
        goal(`${number(MANY)} events against ${number(FEW)}`, {
          value: results.ratio(many, few, read),
          atMost: GROWTH,
          unit: ' ×',
        }),
        arrivedOnce([few, many], results),
      ],
      notes: notesOnFailures([few, many], results),
    };
  },
};
