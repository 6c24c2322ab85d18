import { countEach } from '../support/count-each.mjs';

/** A line says that calls are held or go on again, and calls that fail by chance may hold them now and then. */
const MAX_LOG_LINES = 100;
/** With ten attempts hardly an event runs out of them by chance. */
const MAX_EXHAUSTED = 5;

/** Holds what the application was told of its events against what WebEngage ingested. */
export function holdDeliveryPromises(verdict, { count, report, seen, lines, scenario }) {
  const { ledger, delivered, failed } = report;
  const times = countEach(seen.ingested.map(({ marker }) => marker));
  const duplicates = [...times].filter(([, ingested]) => ingested > 1).map(([marker]) => marker);
  const outcomes = countEach([...delivered, ...failed.map(({ marker }) => marker)]);
  const all = Array.from({ length: count }, (_, marker) => marker);
  const mayFailBy = scenario.mayFailBy ?? [];

  verdict.hold(ledger.accepted === count, `${ledger.accepted} events were accepted`);
  verdict.none(
    all.filter((marker) => outcomes.get(marker) !== 1),
    'events have no outcome or several',
  );
  verdict.none(duplicates, 'events were ingested more than once');
  verdict.none(
    delivered.filter((marker) => !times.has(marker)),
    'events are delivered, but were never ingested',
  );
  verdict.none(
    failed.filter(({ marker, outcomeUnknown }) => !outcomeUnknown && times.has(marker)),
    'events failed for certain, but were ingested',
  );
  verdict.none(
    failed.filter(({ reason }) => !mayFailBy.includes(reason)),
    'events failed for a reason that this fault does not excuse',
  );
  const exhausted = failed.filter(({ reason }) => reason === 'attempts exhausted');
  verdict.hold(exhausted.length <= MAX_EXHAUSTED, `${exhausted.length} events ran out of attempts`);
  verdict.none(seen.dropped, 'events or attributes would be dropped by WebEngage');
  verdict.none(
    seen.calls.filter(({ status }) => status === 429),
    'calls were beyond the quota',
  );
  verdict.hold(lines <= MAX_LOG_LINES, `${lines} lines were logged`);
  return { duplicates: duplicates.length };
}
