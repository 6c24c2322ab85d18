import { goal, promise } from '../support/goal.mjs';
import { notesOnFailures } from '../support/rows.mjs';
import { number } from '../support/table.mjs';

const CALLS = 1_000_000;
const MAX_PENDING = 10_000;
const SHUTDOWN_TIMEOUT = 2_000;
/** How much later than the shutdown's timeout the process may be gone: a closing process has more to do than to wait. */
const LEEWAY = 500;
const MEGABYTES = 80;
const MILLISECONDS = 20;
const TIME_LIMIT = 120_000;
const spec = {
  measurement: 'outage',
  library: 'bulkWebengage',
  parameters: { events: CALLS, maxPending: MAX_PENDING, shutdownTimeout: SHUTDOWN_TIMEOUT },
  hostIsDown: true,
  exitsByItself: true,
  timeLimit: TIME_LIMIT,
};
const read = {
  growth: ({ growthMegabytes }) => growthMegabytes,
  delay: ({ loopDelay }) => loopDelay.p99,
  leaving: ({ closeMilliseconds, closedAt, exitedAt }) => closeMilliseconds + exitedAt - closedAt,
  unhandled: ({ unhandledRejections }) => unhandledRejections,
};

/** Whether a long outage leaves the application as it was. */
export const outage = {
  number: 9,
  title: `${number(CALLS)} calls in an outage, maxPending ${number(MAX_PENDING)}, ours`,
  specs: [spec],
  report(results) {
    const median = (name) => results.median(spec, read[name]);
    const rounds = results.rounds(spec);
    return {
      columns: ['seconds', 'growth MB', 'loop delay p99 ms', 'longest ms', 'close and exit ms', 'account'],
      rows: rounds.map(({ seconds, loopDelay, ledgerAfterClose: { accepted, refused, failed }, ...round }) => [
        number(seconds, 1),
        number(read.growth(round)),
        number(loopDelay.p99, 1),
        number(loopDelay.max, 1),
        number(read.leaving(round)),
        `${accepted} accepted, ${refused} refused, ${failed} failed`,
      ]),
      goals: [
        goal('growth over idle', { value: median('growth'), atMost: MEGABYTES, unit: ' MB', decimals: 0 }),
        goal('event-loop delay p99', { value: median('delay'), atMost: MILLISECONDS, unit: ' ms', decimals: 1 }),
        promise(
          'no unhandled rejection',
          rounds.length === 0 ? undefined : rounds.every((round) => read.unhandled(round) === 0),
        ),
        promise(
          'the process ends by itself',
          rounds.length === 0 ? undefined : rounds.every(({ exitCode }) => exitCode === 0),
        ),
        goal(`close and exit, shutdownTimeout ${number(SHUTDOWN_TIMEOUT)} ms`, {
          value: results.largest(spec, read.leaving),
          atMost: SHUTDOWN_TIMEOUT + LEEWAY,
          unit: ' ms',
          decimals: 0,
        }),
      ],
      notes: notesOnFailures([spec], results),
    };
  },
};
