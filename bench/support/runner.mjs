// A process with one library in it, which tracks and delivers events when it is told to over its channel to the parent.
import { setTimeout as pause } from 'node:timers/promises';
import { libraries } from '../libraries/index.mjs';
import { exampleData, exampleUser } from './example-event.mjs';

const LOOK_EVERY = 2;

const { library, ...settings } = JSON.parse(process.argv[2]);
const { track, delivered } = await libraries[library].open(settings);

const orders = {
  /** With so many calls of `track()` under way at any time, until the last is done. */
  async track({ from, to, underWay }) {
    let next = from;
    const work = async () => {
      while (next < to) {
        const number = next++;
        await track(exampleUser(number), exampleData(number));
      }
    };
    await Promise.all(Array.from({ length: underWay }, work));
  },
  /** Until this process has delivered so many events in all. */
  async deliver({ events }) {
    while (delivered() < events) await pause(LOOK_EVERY);
  },
};

process.on('message', async ({ order, ...details }) => {
  const cpu = process.cpuUsage();
  try {
    await orders[order](details);
  } catch (error) {
    return process.send({ failure: String(error) });
  }
  const { user, system } = process.cpuUsage(cpu);
  process.send({ cpuMicroseconds: user + system });
});
process.on('disconnect', () => process.exit());
process.send({});
