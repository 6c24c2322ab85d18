import { quote } from '../../common/describe-value.js';
import { describeDifference } from '../../matching/describe-difference.js';
import type { EventMatch } from '../../matching/event-match.js';
import { nearestEvent } from '../../matching/nearest-event.js';
import type { Arrival } from './arrival.js';
import type { ArrivalLog } from './arrival-log.js';

/** Says what came in while an event was waited for in vain: the nearest, if it is known what was wanted. */
export function describeInstead(log: ArrivalLog, wanted?: EventMatch): string {
  const arrivals = log.all();
  const events = arrivals.flatMap(({ event }) => event ?? []);
  const others = arrivals.filter(({ event }) => event === undefined);
  if (arrivals.length === 0) return 'Nothing came in at all.';
  if (events.length === 0) return `None was ingested, but ${count(others.length)} came in. ${describeLast(others)}`;
  const more = others.length === 0 ? '' : ` ${count(others.length)} more came in and were not ingested.`;
  const nearest = wanted && nearestEvent(events, wanted);
  if (!nearest) return `${count(events.length)} ${events.length === 1 ? 'was' : 'were'} ingested.${more}`;
  const differences = describeDifference(nearest, wanted).map((line) => `\n  - ${line}`);
  return `The nearest of ${count(events.length)}, ${quote(nearest.eventName)}, differs:${differences.join('')}\n${more.trim()}`.trim();
}

function describeLast(others: readonly Arrival[]): string {
  const finding = others.at(-1)?.findings[0];
  return finding ? `The last: ${finding.message}. ${finding.fix}` : '';
}

function count(events: number): string {
  return events === 1 ? '1 event' : `${events} events`;
}
