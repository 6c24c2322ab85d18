// An application that tracks a great many events while the host is down, and leaves.
import { setImmediate as turnOfLoop, setTimeout as pause } from 'node:timers/promises';
import { boot, tell, uncaught } from './boot.mjs';
import { Books } from './books.mjs';
import { LoopWatch } from './loop-watch.mjs';

const MEGABYTE = 1_000_000;
const REST = 500;
const { options, count, callsATurn } = JSON.parse(process.argv[2]);

const { app, events } = await boot(options, lastWords);
const books = new Books(events, { maxPending: options.delivery.maxPending });
await pause(REST);
globalThis.gc();
await pause(REST);
const idle = process.memoryUsage.rss();
let peak = idle;
const loopWatch = new LoopWatch();
const beganAt = performance.now();
for (let marker = 0; marker < count;) {
  const end = Math.min(count, marker + callsATurn);
  books.trackUnobserved(eventWith(marker++));
  for (; marker < end; marker++) books.track(eventWith(marker));
  await turnOfLoop();
  loopWatch.turned();
  books.sample();
  peak = Math.max(peak, process.memoryUsage.rss());
}
const milliseconds = performance.now() - beganAt;
const loopDelay = loopWatch.stop();
await tell('closing');
await app.close();

function eventWith(marker) {
  return {
    userId: `user-${marker % 1000}`,
    eventName: 'Added to Cart',
    eventTime: new Date(),
    eventData: { Marker: marker, Price: 39.8, Quantity: 1, Product: 'Givenchy Pour Homme Cologne', Currency: 'USD' },
  };
}

async function lastWords() {
  books.sample();
  peak = Math.max(peak, process.memoryUsage.rss());
  const { samples, disagreement, failedByReason } = books;
  const ledger = events.stats();
  await tell('report', {
    ledger,
    failedByReason,
    samples,
    disagreement,
    uncaught,
    microsecondsACall: (milliseconds * 1000) / count,
    idleMegabytes: idle / MEGABYTE,
    growthMegabytes: (peak - idle) / MEGABYTE,
    loopDelay,
  });
  console.log(JSON.stringify(ledger));
}
