import { libraries } from '../libraries/index.mjs';
import { arrivedOnce } from '../support/arrival.mjs';
import { goal, promise } from '../support/goal.mjs';
import { number } from '../support/table.mjs';
import { totalRatio, turnMedian, turnRatio } from '../support/turn-results.mjs';

const WITHIN = 1.2;
const MEGABYTES = 60;
const EVENTS = 10_000;
const ATTRIBUTES = 25;
const LONGEST_NAME = 49;
const guarded = 'bulkWebengage';
const unguarded = 'unguardedWebengage';
const calling = {
  measurement: 'callTurns',
  library: guarded,
  parameters: {
    libraries: [
      unguarded,
      guarded,
      'classValuesWebengage',
      'classInstanceWebengage',
      'validatedValuesWebengage',
      'validatedInstanceWebengage',
    ],
    warmUpTurns: 60,
    turns: 100,
    calls: 800,
  },
  timeLimit: 180_000,
};
const memoryOf = (library, nameLength) => ({
  measurement: 'lockMemory',
  library,
  parameters: { events: EVENTS, attributes: ATTRIBUTES, nameLength },
});
const usual = memoryOf(guarded, 20);
const longest = memoryOf(guarded, LONGEST_NAME);
const lockless = memoryOf(unguarded, LONGEST_NAME);
const locks = [usual, longest];
const specs = [calling, ...locks, lockless];
const wall = ({ microseconds }) => microseconds;
const cpu = ({ cpuMicroseconds }) => cpuMicroseconds;
const heap = ({ heapMegabytes }) => heapMegabytes;
const resident = ({ residentMegabytes }) => residentMegabytes;
const peak = ({ peakMegabytes }) => peakMegabytes;

/** What it costs to keep values of another type from WebEngage. */
export const typeGuard = {
  number: 15,
  title: 'what the type guard adds: µs per track(), and the memory of 10,000 events with 25 attributes each',
  specs,
  report(results) {
    return {
      columns: ['library', 'µs', 'against unguarded', 'quartiles', 'CPU against unguarded', 'against plain', 'lost'],
      rows: calling.parameters.libraries.map((name) => rowOf(name, results)),
      goals: [
        goal('time of track() with the guard against without it', {
          value: turnRatio(calling, results, [guarded, unguarded], wall).median,
          atMost: WITHIN,
          unit: ' ×',
        }),
        goal('CPU of it, garbage collection included', {
          value: totalRatio(calling, results, [guarded, unguarded], cpu),
          atMost: WITHIN,
          unit: ' ×',
        }),
        ...locks.flatMap((spec) => memoryGoals(spec, results)),
        promise('every attribute of every event was locked', areLocked(results)),
        arrivedOnce([calling], results),
      ],
      notes: [
        ...specs.filter((spec) => results.failure(spec)).map((spec) => `– ${results.failure(spec)}`),
        'CPU: that of all turns of a round together, with the collection of garbage, which falls on some turns only.',
        'Unguarded: the guard of the application is replaced by one that hands every event through.',
        'Plain: track() of an object, guarded. Class: track(AddedToCart, { … }). Instance: track(new AddedToCart(…), …).',
        'Growth: of the heap in use and of the resident memory, once garbage is collected and given back.',
        ...[lockless, longest].map((spec) => noteOnPeak(spec, results)),
        '1 MB is 1,000,000 bytes.',
      ],
    };
  },
};

function rowOf(name, results) {
  const ratio = (other, read) => turnRatio(calling, results, [name, other], read);
  const { low, median, high } = ratio(unguarded, wall);
  return [
    libraries[name].name,
    number(turnMedian(calling, results, name, wall), 2),
    number(median, 2),
    `${number(low, 2)} to ${number(high, 2)}`,
    number(totalRatio(calling, results, [name, unguarded], cpu), 2),
    number(ratio(guarded, wall).median, 2),
    results.completeness(calling),
  ];
}

function memoryGoals(spec, results) {
  const names = `names of ${spec.parameters.nameLength} characters`;
  const limit = { atMost: MEGABYTES, unit: ' MB', decimals: 1 };
  return [
    goal(`the heap grows by, ${names}`, { value: results.median(spec, heap), ...limit }),
    goal(`the resident memory grows by, ${names}`, { value: results.median(spec, resident), ...limit }),
  ];
}

function noteOnPeak(spec, results) {
  const megabytes = (read) => `${number(results.median(spec, read), 1)} MB`;
  return (
    `${libraries[spec.library].name}, names of ${spec.parameters.nameLength} characters: ` +
    `resident memory ${megabytes(peak)} up with the garbage of tracking, ${megabytes(resident)} when it is collected.`
  );
}

function areLocked(results) {
  if (locks.some((spec) => results.rounds(spec).length === 0)) return undefined;
  return locks.every((spec) => results.rounds(spec).every(({ locked }) => locked === EVENTS * ATTRIBUTES));
}
