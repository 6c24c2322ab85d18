import { libraries } from '../libraries/index.mjs';
import { arrivedOnce } from '../support/arrival.mjs';
import { goal } from '../support/goal.mjs';
import { number } from '../support/table.mjs';
import { turnMedian, turnRatio } from '../support/turn-results.mjs';

const SINGLE = 0.9;
const BULK = 5;
const BLOCKS = {
  plainBullMq: 1_500,
  plainBullMqTuned: 1_500,
  durableSingleWebengage: 1_500,
  durableBulkWebengage: 10_000,
};
const specOf = (mode) => ({
  measurement: 'turns',
  library: 'durableSingleWebengage',
  parameters: { mode, underWay: 100, warmUpTurns: 4, turns: 8, blocks: BLOCKS },
  needsRedis: true,
  rounds: 3,
  timeLimit: 120_000,
});
const inOne = specOf('deliver');
const apart = specOf('deliverApart');
const specs = [inOne, apart];
const eventsPerSecond = ({ microseconds }) => 1e6 / microseconds;
const eventsPerCpuSecond = ({ cpuMicroseconds }) => 1e6 / cpuMicroseconds;

/** How fast events get through Redis to the host. */
export const durableEndToEnd = {
  number: 12,
  title: 'events per second through Redis to the collector, 100 calls of track() under way',
  specs,
  report(results) {
    return {
      columns: [
        'library',
        'processes',
        'events per s',
        'against plain',
        'quartiles',
        'events per CPU-s',
        'against plain',
        'Redis CPU µs',
        'lost',
      ],
      rows: [...rowsOf(inOne, 'one', results), ...rowsOf(apart, 'two', results)],
      goals: [
        goal('one event a call against plain BullMQ', {
          value: ratio('durableSingleWebengage', results).median,
          atLeast: SINGLE,
          unit: ' ×',
        }),
        goal('in bulk against plain BullMQ', {
          value: ratio('durableBulkWebengage', results).median,
          atLeast: BULK,
          unit: ' ×',
        }),
        arrivedOnce(specs, results),
      ],
      notes: [
        ...specs.filter((spec) => results.failure(spec)).map((spec) => `– ${results.failure(spec)}`),
        'One process tracks and delivers; or one tracks and another delivers: the CPU is that of both.',
      ],
    };
  },
};

function ratio(name, results, { spec = inOne, read = eventsPerSecond } = {}) {
  return turnRatio(spec, results, [name, 'plainBullMq'], read);
}

function rowsOf(spec, processes, results) {
  return Object.keys(BLOCKS).map((name) => {
    const { low, median, high } = ratio(name, results, { spec });
    return [
      libraries[name].name,
      processes,
      number(turnMedian(spec, results, name, eventsPerSecond)),
      number(median, 2),
      `${number(low, 2)} to ${number(high, 2)}`,
      number(turnMedian(spec, results, name, eventsPerCpuSecond)),
      number(ratio(name, results, { spec, read: eventsPerCpuSecond }).median, 2),
      number(
        turnMedian(spec, results, name, ({ redis }) => redis.cpuMicroseconds),
        1,
      ),
      results.completeness(spec),
    ];
  });
}
