// An application that stores events in Redis for others to deliver, at a steady pace, and leaves.
import { setTimeout as pause } from 'node:timers/promises';
import { bullMqDelivery } from 'nestjs-webengage/bullmq';
import { boot, tell, uncaught } from './boot.mjs';

const FEED_INTERVAL = 10;
const { options, delivery, count, feedFor, flushTimeout } = JSON.parse(process.argv[2]);

const receipts = { durable: [], accepted: [] };
const rejected = [];
const { app, events } = await boot(
  { ...options, delivery: bullMqDelivery({ ...delivery, role: 'producer' }) },
  lastWords,
);
await tell('ready');
await feed();
await events.flush({ timeout: flushTimeout }).catch((error) => console.error(error.message));
await tell('fed');
await app.close();

async function feed() {
  const beganAt = performance.now();
  const tracked = [];
  while (tracked.length < count) {
    const due = feedFor === 0 ? count : (count * (performance.now() - beganAt)) / feedFor;
    while (tracked.length < Math.min(count, due)) tracked.push(track(tracked.length));
    await pause(FEED_INTERVAL);
  }
  await Promise.all(tracked);
}

async function track(marker) {
  try {
    const event = { userId: `user-${marker % 100}`, eventName: 'Fault Met', eventData: { Marker: marker } };
    const { state } = await events.track(event);
    receipts[state].push(marker);
  } catch ({ name, message, mayBeStored }) {
    rejected.push({ marker, name, message, mayBeStored });
  }
}

async function lastWords() {
  const ledger = events.stats();
  await tell('report', { ledger, ...receipts, rejected, uncaught });
  console.log(JSON.stringify(ledger));
}
