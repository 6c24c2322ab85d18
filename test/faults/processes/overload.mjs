// An application that tracks more than the quota lets through, for some time, and leaves.
import { setTimeout as pause } from 'node:timers/promises';
import { boot, tell, uncaught } from './boot.mjs';
import { Books } from './books.mjs';

const FEED_INTERVAL = 10;
const { options, userId, eventsASecond, milliseconds } = JSON.parse(process.argv[2]);

const { app, events } = await boot(options, lastWords);
const books = new Books(events, { maxPending: options.delivery.maxPending });
const stopSampling = books.sampleEvery(FEED_INTERVAL);

await overload();
await tell('closing');
await app.close();

async function overload() {
  const beganAt = performance.now();
  let marker = 0;
  for (let elapsed = 0; elapsed < milliseconds; elapsed = performance.now() - beganAt) {
    for (; marker < (elapsed / 1000) * eventsASecond; marker++) {
      books.track({ userId, eventName: 'Quota Used', eventData: { Marker: marker } });
    }
    await pause(FEED_INTERVAL);
  }
}

async function lastWords() {
  stopSampling();
  books.sample();
  const { samples, disagreement, failedByReason } = books;
  const ledger = events.stats();
  await tell('report', { ledger, failedByReason, samples, disagreement, uncaught });
  console.log(JSON.stringify(ledger));
}
