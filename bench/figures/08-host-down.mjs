import { PEERS } from '../libraries/index.mjs';
import { goal, promise } from '../support/goal.mjs';
import { notesOnFailures, rowsOf } from '../support/rows.mjs';
import { number } from '../support/table.mjs';

const CALLS = 50_000;
const OBSERVED = 3_000;
const MEGABYTES = 140;
const TIME_LIMIT = 40_000;
const specOf = (library) => ({
  measurement: 'hostDown',
  library,
  parameters: { events: CALLS, observed: OBSERVED },
  hostIsDown: true,
  timeLimit: TIME_LIMIT,
});
const ours = specOf('bulkWebengage');
const specs = [ours, ...PEERS.map((library) => ({ ...specOf(library), rounds: 1 }))];
const peak = ({ peakMegabytes }) => peakMegabytes;

/** Whether a host that is down costs memory, and whether every event is accounted for. */
export const hostDown = {
  number: 8,
  title: '50,000 calls while nothing listens at the host, default bounds',
  specs,
  report(results) {
    return {
      columns: ['library', 'peak MB', 'before it MB', 'log lines', 'unhandled rejections', 'its account of the events'],
      rows: rowsOf(specs, results, (spec) => [
        number(results.median(spec, peak)),
        number(results.median(spec, ({ idleMegabytes }) => idleMegabytes)),
        number(results.median(spec, ({ logLines }) => logLines)),
        number(results.median(spec, ({ unhandledRejections }) => unhandledRejections)),
        accountOf(results.rounds(spec).at(-1)),
      ]),
      goals: [
        goal('peak resident memory', {
          value: results.median(ours, peak),
          atMost: MEGABYTES,
          unit: ' MB',
          decimals: 0,
        }),
        promise('the account is exact, before the shutdown and after it', isExact(results.rounds(ours))),
        promise('no unhandled rejection', hasNone(results.rounds(ours))),
      ],
      notes: [...notesOnFailures(specs, results), 'The others are measured once. 1 MB is 1,000,000 bytes.'],
    };
  },
};

function accountOf(round) {
  if (round === undefined) return '–';
  if (round.ledger === undefined) return '– gives none';
  const { accepted, refused, delivered, failed, pending } = round.ledger;
  return `${accepted} accepted, ${refused} refused; ${delivered} delivered, ${failed} failed, ${pending} pending`;
}

function isExact(rounds) {
  if (rounds.length === 0) return undefined;
  return rounds.every(
    ({ ledger, ledgerAfterClose }) => adds(ledger) && adds(ledgerAfterClose) && ledgerAfterClose.pending === 0,
  );
}

function adds({ accepted, refused, delivered, failed, pending }) {
  return accepted + refused === CALLS && accepted === delivered + failed + pending;
}

function hasNone(rounds) {
  return rounds.length === 0 ? undefined : rounds.every(({ unhandledRejections }) => unhandledRejections === 0);
}
