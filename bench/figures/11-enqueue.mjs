import { libraries } from '../libraries/index.mjs';
import { goal, promise } from '../support/goal.mjs';
import { number } from '../support/table.mjs';
import { turnMedian, turnRatio } from '../support/turn-results.mjs';

const TOGETHER = 100;
/** Reading its usage is a command too. */
const ROUND_TRIPS = 1.01;
const storing = {
  measurement: 'turns',
  library: 'durableSingleWebengage',
  needsRedis: true,
  rounds: 3,
  timeLimit: 120_000,
};
const together = {
  ...storing,
  parameters: {
    mode: 'store',
    underWay: TOGETHER,
    warmUpTurns: 4,
    turns: 10,
    blocks: { plainBullMq: 3_000, durableSingleWebengage: 3_000, durableBulkWebengage: 6_000 },
  },
};
const alone = {
  ...storing,
  parameters: {
    mode: 'store',
    underWay: 1,
    warmUpTurns: 10,
    turns: 10,
    blocks: { plainBullMq: 500, durableSingleWebengage: 500 },
  },
};
const specs = [together, alone];
const wall = ({ microseconds }) => microseconds;
const cpu = ({ cpuMicroseconds }) => cpuMicroseconds;
const reads = ({ redis }) => redis.reads;

/** What it takes until an event is stored in Redis. */
export const enqueue = {
  number: 11,
  title: 'µs per event until it is stored in Redis, and what Redis has to do for it',
  specs,
  report(results) {
    return {
      columns: ['library', 'calls under way', 'µs', 'CPU µs', "CPU plain's / its", ...REDIS.map(([name]) => name)],
      rows: specs.flatMap((spec) => Object.keys(spec.parameters.blocks).map((name) => rowOf(spec, results, name))),
      goals: [
        goal('round trips for one call, one event a call', {
          value: turnMedian(alone, results, 'durableSingleWebengage', reads),
          atMost: ROUND_TRIPS,
        }),
        promise('every event is stored, and once', storedOnce(results)),
      ],
      notes: [
        ...specs.filter((spec) => results.failure(spec)).map((spec) => `– ${results.failure(spec)}`),
        'Redis reads: where one call is under way, they are round trips. Commands: those within scripts included.',
        'In bulk a call that is alone is not measured: it waits for others, for 20 ms by default.',
      ],
    };
  },
};

const REDIS = [
  ['Redis reads', reads, 2],
  ['scripts', ({ redis }) => redis.scripts, 2],
  ['commands', ({ redis }) => redis.commands, 1],
  ['bytes', ({ redis }) => redis.bytes, 0],
  ['Redis CPU µs', ({ redis }) => redis.cpuMicroseconds, 1],
];

function rowOf(spec, results, name) {
  return [
    libraries[name].name,
    number(spec.parameters.underWay),
    number(turnMedian(spec, results, name, wall), 1),
    number(turnMedian(spec, results, name, cpu), 1),
    number(turnRatio(spec, results, ['plainBullMq', name], cpu).median, 2),
    ...REDIS.map(([, read, decimals]) => number(turnMedian(spec, results, name, read), decimals)),
  ];
}

function storedOnce(results) {
  const rounds = specs.flatMap((spec) => results.rounds(spec));
  if (specs.some((spec) => results.rounds(spec).length === 0)) return undefined;
  return rounds.every(({ tracked, stored, storedTwice }) => stored === tracked && storedTwice === 0);
}
