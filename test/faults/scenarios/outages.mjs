import { createServer } from 'node:net';
import { describeFailed, holdApplicationPromises, logLines } from '../support/application-promises.mjs';
import { ChildProcess } from '../support/child-process.mjs';
import { Verdict } from '../support/verdict.mjs';

const CALLS = 1_000_000;
const CALLS_WHEN_QUICK = 100_000;
const CALLS_A_TURN = 500;
const MAX_PENDING = 10_000;
/** Milliseconds. */
const MAX_LOOP_DELAY = 20;
const MAX_WAITED_SHARE = 0.05;
const MAX_LOG_LINES = 20;
const SHUTDOWN_TIMEOUT = 2_000;
const PATIENCE = 180_000;

export const outages = [
  { name: 'outage, a full buffer refuses', overflow: 'reject', maxGrowth: 80 },
  // Each event waits until 10,000 more have come: old enough for V8 to let much of it lie before it collects any.
  { name: 'outage, a full buffer drops the oldest', overflow: 'drop-oldest', maxGrowth: 160 },
].map((outage) => ({ name: outage.name, run: (settings) => runOutage(outage, settings) }));

/** An application tracks a million events while nobody listens at the host's port. */
async function runOutage({ overflow, maxGrowth }, { quick, licenseCode, apiKey }) {
  const count = quick ? CALLS_WHEN_QUICK : CALLS;
  const delivery = { mode: 'background', maxPending: MAX_PENDING, overflow, shutdownTimeout: SHUTDOWN_TIMEOUT };
  const options = { host: `http://127.0.0.1:${await closedPort()}`, licenseCode, apiKey, delivery };
  const orders = { count, callsATurn: CALLS_A_TURN, options };
  const application = new ChildProcess('sit-out-outage.mjs', orders, { limit: PATIENCE, nodeOptions: ['--expose-gc'] });
  const closing = await application.told('closing');
  const end = await application.ended;
  const report = await application.told('report');

  const verdict = new Verdict();
  const lines = logLines(application);
  const { ledger, growthMegabytes: growth, loopDelay } = report;
  holdApplicationPromises(verdict, { application, report, closing, end, shutdownTimeout: SHUTDOWN_TIMEOUT, apiKey });
  verdict.hold(
    ledger.accepted + ledger.refused === count,
    `the ledger knows of other events: ${JSON.stringify(ledger)}`,
  );
  verdict.hold(ledger.delivered === 0, 'events were delivered to nobody');
  verdict.measure(growth < maxGrowth, `memory grew by ${growth.toFixed(1)} MB`);
  verdict.measure(loopDelay.ownP99 < MAX_LOOP_DELAY, `turns of the loop took ${loopDelay.ownP99.toFixed(1)} ms (p99)`);
  // Where the machine is busy with other things, it is not the library that is late.
  const isTelling = loopDelay.waitedShare < MAX_WAITED_SHARE;
  const isLate = loopDelay.p99 >= MAX_LOOP_DELAY;
  verdict.measure(!(isLate && isTelling), `the event loop was late by ${loopDelay.p99.toFixed(1)} ms (p99)`);
  verdict.hold(lines <= MAX_LOG_LINES, `${lines} lines were logged`);
  return { row: row({ report, lines, end, closing }), verdict };
}

function row({ report, lines, end, closing }) {
  const { ledger, failedByReason, idleMegabytes, growthMegabytes, loopDelay, microsecondsACall } = report;
  return {
    accepted: ledger.accepted,
    delivered: ledger.delivered,
    failed: describeFailed(failedByReason),
    ingested: 0,
    duplicates: 0,
    'log lines': lines,
    measured: [
      `refused ${ledger.refused}`,
      `RSS ${idleMegabytes.toFixed(0)} + ${growthMegabytes.toFixed(0)} MB`,
      `loop p99 ${loopDelay.p99.toFixed(1)} ms, without waits for a processor ${loopDelay.ownP99.toFixed(1)} ms`,
      `${microsecondsACall.toFixed(1)} µs a call`,
      `shutdown ${((end.at - closing.at) / 1000).toFixed(1)} s`,
    ].join(', '),
  };
}

/** A port at which nobody listens. */
async function closedPort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
