// A process with one library in it, which tracks and delivers events when it is told to over its channel to the parent.
import { setTimeout as pause } from 'node:timers/promises';
import { libraries } from '../libraries/index.mjs';
import { exampleData, exampleUser } from './example-event.mjs';

const LOOK_EVERY = 2;

const { library, ...settings } = JSON.parse(process.argv[2]);
const { track, delivered, settle, dataOf = exampleData } = await libraries[library].open(settings);

const orders = {
  /** With so many calls of `track()` under way at any time, until the last is done. */
  async track({ from, to, underWay }) {
    let next = from;
    const work = async () => {
      while (next < to) {
        const number = next++;
        await track(exampleUser(number), dataOf(number));
      }
    };
    await Promise.all(Array.from({ length: underWay }, work));
  },
  /** Until this process has delivered so many events in all. */
  async deliver({ events }) {
    while (delivered() < events) await pause(LOOK_EVERY);
  },
  /** In one synchronous loop, the events being at hand; the delivery that follows is waited for, but not measured. */
  async call({ from, to }) {
    const events = Array.from({ length: to - from }, (_, index) => [exampleUser(from + index), dataOf(from + index)]);
    const cpu = process.cpuUsage();
    const start = performance.now();
    for (const [userId, eventData] of events) track(userId, eventData);
    const microseconds = (performance.now() - start) * 1000;
    const cost = { microseconds, cpuMicroseconds: cpuSince(cpu) };
    await settle();
    return cost;
  },
};

function cpuSince(before) {
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

process.on('message', async ({ order, ...details }) => {
  const cpu = process.cpuUsage();
  try {
    const result = await orders[order](details);
    process.send({ cpuMicroseconds: cpuSince(cpu), ...result });
  } catch (error) {
    process.send({ failure: String(error) });
  }
});
process.on('disconnect', () => process.exit());
process.send({});
