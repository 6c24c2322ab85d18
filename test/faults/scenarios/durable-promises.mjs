import { holdProcessPromises, logLines } from '../support/application-promises.mjs';
import { countEach } from '../support/count-each.mjs';

/** Holds what each process of a durable delivery ended with, and what became of every event, whichever process it met. */
export function holdDurablePromises(verdict, { setup, outcome, count, failed, open = [], maxLogLines, apiKey }) {
  const { producer, workers, seen } = outcome;
  for (const run of [producer, ...workers]) holdProcessPromises(verdict, { ...run, apiKey });
  for (const run of workers) holdWorkerPromises(verdict, run.report);
  const outputs = setup.everyWorker.map(({ output }) => output);
  verdict.hold(!outputs.some((output) => output.includes(apiKey)), 'the API key is in the output of a worker');

  const { ledger, durable, accepted, rejected } = producer.report;
  const times = countEach(seen.ingested.map(({ marker }) => marker));
  const outcomes = countEach([...durable, ...accepted, ...rejected.map(({ marker }) => marker)]);
  const known = new Set([...times.keys(), ...failed.map(({ marker }) => marker), ...open]);
  verdict.hold(
    ledger.accepted === count && ledger.pending === 0 && count === ledger.stored + ledger.failed,
    `the producer's ledger ended as ${JSON.stringify(ledger)}`,
  );
  verdict.hold(outcomes.size === count, `track() told of ${outcomes.size} events`);
  verdict.none(
    [...durable, ...accepted].filter((marker) => !known.has(marker)),
    'events are lost',
  );
  verdict.none(
    [...times].filter(([, ingested]) => ingested > 1).map(([marker]) => marker),
    'events were ingested more than once',
  );
  verdict.none(
    rejected.filter(({ name }) => name !== 'StoreUnavailableError'),
    'events were rejected for another reason than Redis',
  );
  verdict.none(
    rejected.filter(({ marker, mayBeStored }) => !mayBeStored && known.has(marker)),
    'events were stored, though they were rejected for certain',
  );
  verdict.none(failed, 'events failed');
  verdict.none(seen.dropped, 'events or attributes would be dropped by WebEngage');
  const lines = linesOf(setup);
  verdict.hold(lines <= maxLogLines, `${lines} lines were logged`);
}

/** The cells of the table that all durable scenarios have in common. */
export function durableRow({ setup, outcome, failed, measured }) {
  const { producer, seen } = outcome;
  const { ledger } = producer.report;
  const distinct = new Set(seen.ingested.map(({ marker }) => marker)).size;
  return {
    accepted: ledger.accepted,
    delivered: distinct,
    failed: `${ledger.failed + failed.length}`,
    ingested: seen.ingested.length,
    duplicates: seen.ingested.length - distinct,
    'log lines': linesOf(setup),
    measured: measured.join(', '),
  };
}

/** Calls that came again under a known request id, and were not ingested a second time; of single calls only. */
export function recognised({ calls, ingested }) {
  return calls.filter(({ status }) => status === 201).length - ingested.length;
}

function holdWorkerPromises(verdict, { ledger, disagreement, samples }) {
  const { fetched, delivered, failed, stored, pending } = ledger;
  verdict.hold(
    pending === 0 && fetched === delivered + failed + stored,
    `a worker's ledger ended as ${JSON.stringify(ledger)}`,
  );
  verdict.hold(disagreement === undefined, `a worker's ledger was wrong: ${disagreement}`);
  verdict.hold(samples > 0, 'the ledger was never sampled');
}

function linesOf({ producer, everyWorker }) {
  return [producer, ...everyWorker].reduce((sum, application) => sum + logLines(application), 0);
}
