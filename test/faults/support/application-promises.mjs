/** What no application may ever see, whatever the scenario. */
export function holdApplicationPromises(verdict, run) {
  const { ledger, disagreement, samples } = run.report;
  const { accepted, delivered, failed, pending } = ledger;
  holdProcessPromises(verdict, run);
  verdict.hold(pending === 0 && accepted === delivered + failed, `the ledger ended as ${JSON.stringify(ledger)}`);
  verdict.hold(disagreement === undefined, `the ledger was wrong: ${disagreement}`);
  verdict.hold(samples > 0, 'the ledger was never sampled');
}

/** How every application must end, and what it must keep to itself. */
export function holdProcessPromises(verdict, { application, report, closing, end, shutdownTimeout, apiKey }) {
  const { ledger, uncaught } = report;
  const spent = end.at - closing.at;
  verdict.hold(end.signal !== 'SIGKILL', 'the process did not end by itself');
  verdict.hold(end.code === 0 || end.signal === 'SIGTERM', `the process ended with ${end.code ?? end.signal}`);
  verdict.hold(spent <= shutdownTimeout + 1_000, `${spent} ms from the shutdown's begin to the process's end`);
  verdict.hold(application.lastLine === JSON.stringify(ledger), `its last line was: ${application.lastLine}`);
  verdict.none(uncaught, 'errors were not caught');
  verdict.hold(!application.output.includes(apiKey), 'the API key is in the output');
  verdict.hold(!JSON.stringify(report).includes(apiKey), 'the API key is in what the application was told');
}

/** The lines that the library logged. */
export function logLines(application) {
  return application.output.split('\n').filter((line) => line.includes('[WebEngage')).length;
}

/** Failed events as the table shows them. */
export function describeFailed(byReason) {
  const entries = Object.entries(byReason);
  return entries.length === 0 ? '0' : entries.map(([reason, count]) => `${count} ${reason}`).join(', ');
}
