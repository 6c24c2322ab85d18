// An application that tracks a number of events, waits until they have their outcomes, and leaves.
import { setTimeout as pause } from 'node:timers/promises';
import { boot, tell, uncaught } from './boot.mjs';
import { Books } from './books.mjs';

const FEED_INTERVAL = 10;
const { options, count, feedFor, flushTimeout, waitsForSignal } = JSON.parse(process.argv[2]);

const { app, events } = await boot(options, lastWords);
const books = new Books(events, { maxPending: options.delivery.maxPending ?? 10_000 });
const delivered = [];
const failed = [];
const messages = new Set();
events.delivered$.subscribe(({ event }) => delivered.push(event.eventData.Marker));
events.failed$.subscribe(({ event, reason, outcomeUnknown, message }) => {
  failed.push({ marker: event.eventData.Marker, reason, outcomeUnknown });
  messages.add(message);
});
const stopSampling = books.sampleEvery(FEED_INTERVAL);

await feed();
await tell('fed');
if (!waitsForSignal) {
  await events.flush({ timeout: flushTimeout }).catch((error) => console.error(error.message));
  await tell('closing');
  await app.close();
}

async function feed() {
  const steps = Math.max(1, Math.floor(feedFor / FEED_INTERVAL));
  for (let step = 0, marker = 0; step < steps; step++) {
    const end = Math.floor((count * (step + 1)) / steps);
    for (; marker < end; marker++) books.track(eventWith(marker));
    if (step < steps - 1) await pause(FEED_INTERVAL);
  }
}

function eventWith(marker) {
  return { userId: `user-${marker % 100}`, eventName: 'Fault Met', eventData: { Marker: marker } };
}

async function lastWords() {
  stopSampling();
  books.sample();
  const { samples, disagreement } = books;
  const ledger = events.stats();
  await tell('report', { ledger, delivered, failed, messages: [...messages], samples, disagreement, uncaught });
  console.log(JSON.stringify(ledger));
}
