import { setTimeout as pause } from 'node:timers/promises';
import { describeFailed, holdApplicationPromises, logLines } from '../support/application-promises.mjs';
import { ChildProcess } from '../support/child-process.mjs';
import { Verdict } from '../support/verdict.mjs';
import { holdDeliveryPromises } from './delivery-promises.mjs';

const COUNT = 5_000;
const COUNT_WHEN_QUICK = 1_000;
const PATIENCE = 90_000;
const SHUTDOWN_TIMEOUT = 2_000;

/** Runs one row of the fault matrix: an application, and WebEngage behind a host that spoils its calls. */
export async function runFaultScenario(scenario, { quick, seed, licenseCode, apiKey }) {
  const { faults, quota, delivery, timeout, retry, feedFor = 2_500, signalAfter } = scenario;
  const count = quick ? COUNT_WHEN_QUICK : COUNT;
  const webengage = new ChildProcess(
    'webengage.mjs',
    {
      apiKey,
      licenseCode,
      quota,
      seed,
      faults: quick ? faults.map(shortened) : faults,
    },
    { limit: PATIENCE },
  );
  const { url: host } = await webengage.told('listening');
  const application = new ChildProcess(
    'deliver.mjs',
    {
      count,
      feedFor,
      flushTimeout: PATIENCE - 10_000,
      waitsForSignal: signalAfter !== undefined,
      options: {
        host,
        licenseCode,
        apiKey,
        timeout,
        retry,
        delivery: { mode: 'background', quota, shutdownTimeout: SHUTDOWN_TIMEOUT, ...delivery },
      },
    },
    { limit: PATIENCE },
  );
  const closing = await untilClosing(application, signalAfter);
  const end = await application.ended;
  const report = await application.told('report');
  webengage.send('what have you seen?');
  const seen = await webengage.told('seen');
  webengage.signal('SIGTERM');

  const verdict = new Verdict();
  const lines = logLines(application);
  holdApplicationPromises(verdict, { application, report, closing, end, shutdownTimeout: SHUTDOWN_TIMEOUT, apiKey });
  const { duplicates } = holdDeliveryPromises(verdict, { count, report, seen, lines, scenario });
  return { row: row({ report, seen, duplicates, lines, end, closing }), verdict };
}

async function untilClosing(application, signalAfter) {
  if (signalAfter === undefined) return application.told('closing');
  await application.told('fed');
  await pause(signalAfter);
  application.signal('SIGTERM');
  return { at: Date.now() };
}

function row({ report, seen, duplicates, lines, end, closing }) {
  const byReason = {};
  for (const { reason } of report.failed) byReason[reason] = (byReason[reason] ?? 0) + 1;
  return {
    accepted: report.ledger.accepted,
    delivered: report.ledger.delivered,
    failed: describeFailed(byReason),
    ingested: seen.ingested.length,
    duplicates,
    'log lines': lines,
    measured: `${seen.calls.length} calls, shutdown ${((end.at - closing.at) / 1000).toFixed(1)} s`,
  };
}

function shortened(fault) {
  return fault.until === undefined ? fault : { ...fault, until: Math.min(fault.until, fault.from + 3_000) };
}
