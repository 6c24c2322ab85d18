import { describeFailed, holdApplicationPromises, logLines } from '../support/application-promises.mjs';
import { ChildProcess } from '../support/child-process.mjs';
import { Verdict } from '../support/verdict.mjs';
import { measureQuota } from './measure-quota.mjs';

const QUOTA = { single: 100, bulk: 10, interval: 2_000 };
const MAX_PENDING = 100;
const MAX_LOG_LINES = 50;
const SHUTDOWN_TIMEOUT = 500;
const PATIENCE = 60_000;

export const quotas = [
  { name: 'overload, one process', processes: 1, minUsed: 0.98, maxRefused: 0 },
  { name: 'overload, three processes', processes: 3, minUsed: 0.95, maxRefused: 0.01 },
].map((scenario) => ({ name: scenario.name, run: (settings) => runQuotaScenario(scenario, settings) }));

/** Applications that share one account track four times what its quota lets through, for half a minute. */
async function runQuotaScenario({ processes, minUsed, maxRefused }, { quick, seed, licenseCode, apiKey }) {
  const period = quick ? 16_000 : 30_000;
  const webengage = new ChildProcess(
    'webengage.mjs',
    { apiKey, licenseCode, quota: QUOTA, faults: [], seed },
    { limit: PATIENCE },
  );
  const { url: host } = await webengage.told('listening');
  const applications = Array.from({ length: processes }, (_, index) => {
    const delivery = { mode: 'background', bulk: 'never', quota: QUOTA, maxPending: MAX_PENDING };
    return new ChildProcess(
      'overload.mjs',
      {
        userId: `process-${index + 1}`,
        eventsASecond: 200,
        // A little longer than is measured: they do not begin at the same moment.
        milliseconds: period + 2_000,
        options: { host, licenseCode, apiKey, delivery: { ...delivery, shutdownTimeout: SHUTDOWN_TIMEOUT } },
      },
      { limit: PATIENCE },
    );
  });
  const verdict = new Verdict();
  const ends = await Promise.all(
    applications.map(async (application) => {
      const closing = await application.told('closing');
      const end = await application.ended;
      const report = await application.told('report');
      const shutdownTimeout = SHUTDOWN_TIMEOUT;
      holdApplicationPromises(verdict, { application, report, closing, end, shutdownTimeout, apiKey });
      return report;
    }),
  );
  webengage.send('what have you seen?');
  const seen = await webengage.told('seen');
  webengage.signal('SIGTERM');

  const lines = applications.reduce((sum, application) => sum + logLines(application), 0);
  const measured = measureQuota({ seen, period, quota: QUOTA });
  verdict.hold(lines <= MAX_LOG_LINES * processes, `${lines} lines were logged`);
  verdict.measure(measured.used >= minUsed, `only ${percent(measured.used)} of the quota was used`);
  verdict.measure(measured.refused <= maxRefused, `${percent(measured.refused)} of the calls were beyond the quota`);
  if (processes === 1) verdict.hold(measured.mostInAWindow <= QUOTA.single, `${measured.mostInAWindow} calls in 2 s`);
  return { row: row({ ends, seen, lines, measured }), verdict };
}

function row({ ends, seen, lines, measured: { used, refused, mostInAWindow, shares } }) {
  const sum = (field) => ends.reduce((total, { ledger }) => total + ledger[field], 0);
  const failed = {};
  for (const { failedByReason } of ends) {
    for (const [reason, count] of Object.entries(failedByReason)) failed[reason] = (failed[reason] ?? 0) + count;
  }
  return {
    accepted: sum('accepted'),
    delivered: sum('delivered'),
    failed: describeFailed(failed),
    ingested: seen.ingested.length,
    duplicates: seen.ingested.length - new Set(seen.ingested.map(({ userId, marker }) => `${userId} ${marker}`)).size,
    'log lines': lines,
    measured: `used ${percent(used)}, 429 ${percent(refused)}, most in 2 s ${mostInAWindow}, shares ${shares.join(' ')}`,
  };
}

function percent(part) {
  return `${(part * 100).toFixed(1)} %`;
}
