// An application that delivers what others stored in Redis, until it is told to end, or killed.
import { bullMqDelivery } from 'nestjs-webengage/bullmq';
import { boot, tell, uncaught } from './boot.mjs';

const SAMPLE_INTERVAL = 50;
const { options, delivery } = JSON.parse(process.argv[2]);

let delivered = 0;
const failedByReason = {};
let samples = 0;
let disagreement;
const { events } = await boot({ ...options, delivery: bullMqDelivery({ ...delivery, role: 'worker' }) }, lastWords);
events.delivered$.subscribe(() => delivered++);
events.failed$.subscribe(({ reason }) => (failedByReason[reason] = (failedByReason[reason] ?? 0) + 1));
const timer = setInterval(sample, SAMPLE_INTERVAL);
await tell('ready');

/** Holds the ledger against what it was told. */
function sample() {
  samples++;
  const failed = Object.values(failedByReason).reduce((sum, count) => sum + count, 0);
  const ledger = events.stats();
  const agrees =
    ledger.delivered === delivered &&
    ledger.failed === failed &&
    ledger.pending === ledger.fetched - delivered - failed - ledger.stored &&
    ledger.pending >= 0;
  if (!agrees) disagreement ??= `${JSON.stringify(ledger)}, but told ${delivered} delivered, ${failed} failed`;
}

async function lastWords() {
  clearInterval(timer);
  sample();
  const ledger = events.stats();
  await tell('report', { ledger, failedByReason, samples, disagreement, uncaught });
  console.log(JSON.stringify(ledger));
}
