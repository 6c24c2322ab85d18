import { inMemory } from '../libraries/index.mjs';
import { arrivedOnce } from '../support/arrival.mjs';
import { notesOnFailures } from '../support/rows.mjs';
import { number } from '../support/table.mjs';
import { throughputSpecs } from '../support/throughput-specs.mjs';

const names = Object.keys(inMemory);
const atOnce = throughputSpecs(names, 0);
const late = throughputSpecs(names, 20);
const specs = [...atOnce, ...late];
const isOurs = ({ library }) => inMemory[library].packageName === 'nestjs-webengage';
const read = ({ eventsPerSecond }) => eventsPerSecond;

/** How fast events get out, paced alike, where the host answers at once and where it takes its time. */
export const endToEnd = {
  number: 4,
  title: 'events per second end to end, paced, at 0 ms and at 20 ms of latency',
  specs,
  report(results) {
    return {
      columns: ['library', 'at 0 ms', 'at 20 ms', 'connections at 20 ms', 'lost at 0 ms', 'lost at 20 ms'],
      rows: names.map((name, index) => [
        inMemory[name].name,
        number(results.median(atOnce[index], read)),
        number(results.median(late[index], read)),
        number(results.largest(late[index], ({ maxSockets }) => maxSockets)),
        results.completeness(atOnce[index]),
        results.completeness(late[index]),
      ]),
      goals: [arrivedOnce(specs.filter(isOurs), results)],
      notes: [
        ...notesOnFailures(specs, results),
        'The pacing waits after each 1,200 events until they are delivered; the bare loops never wait.',
      ],
    };
  },
};
