import { arrivedOnce } from '../support/arrival.mjs';
import { goal } from '../support/goal.mjs';
import { number } from '../support/table.mjs';

const MICROSECONDS = 10;
const BLOCKS = { pairs: 100, warmUpPairs: 20, requests: 250 };
const pending = {
  measurement: 'route',
  library: 'bulkWebengage',
  parameters: { ...BLOCKS, delivers: false },
  timeLimit: 120_000,
};
const delivering = { ...pending, parameters: { ...BLOCKS, delivers: true }, rounds: 3 };
const specs = [pending, delivering];
const read = ({ difference }) => difference;

/** What `@TrackEvent()` adds to a request. */
export const route = {
  number: 10,
  title: 'CPU per request of a route with @TrackEvent() beyond that of the same route without, Express',
  specs,
  report(results) {
    const rowOf = (spec, name) => [
      name,
      number(
        results.median(spec, ({ plain }) => plain),
        1,
      ),
      number(results.median(spec, read), 1),
      number(
        results.median(spec, ({ meanDifference }) => meanDifference),
        1,
      ),
      results.completeness(spec),
    ];
    return {
      columns: ['', 'plain route µs', 'more, median µs', 'more, mean µs', 'lost'],
      rows: [rowOf(pending, 'until the event is accepted'), rowOf(delivering, 'until the event is delivered, in bulk')],
      goals: [
        goal('more CPU per request, until the event is accepted', {
          value: results.median(pending, read),
          atMost: MICROSECONDS,
          unit: ' µs',
          decimals: 1,
        }),
        arrivedOnce(specs, results),
      ],
      notes: specs.filter((spec) => results.failure(spec)).map((spec) => `– ${results.failure(spec)}`),
    };
  },
};
