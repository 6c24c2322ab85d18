import { describeDifference } from '../../matching/describe-difference.js';
import { nearestEvent } from '../../matching/nearest-event.js';
import { showText, showValue } from '../../matching/show-value.js';
import type { ConflictingAttribute } from '../../events/type-conflicts.js';
import type { TrackedEvent } from '../recording/tracked-event.js';
import type { Search } from './search.js';

const MAX_LINES = 40;
const MAX_CONFLICTS = 10;
const MAX_REFUSALS = 3;
const MAX_REASON_LENGTH = 1_000;
const MAX_LINE_LENGTH = 160;

/** An event was expected, but none is like it. */
export function notTracked(found: Search): string {
  const { events } = found;
  const outcome = `Expected ${nameOf(found)} to be tracked, but ${noneIsLikeThat(events.length)}.`;
  return paragraphs([outcome], nearest(found), hints(found), remarks(found));
}

/** An event was not expected, but there is one. */
export function tracked(found: Search): string {
  const { events, matching } = found;
  const outcome = `Expected ${nameOf(found)} not to be tracked, but it was, ${often(matching.length)} among ${count(events.length, 'recorded event')}.`;
  return paragraphs([outcome], show('The last one:', matching.at(-1)), remarks(found));
}

/** An event was tracked more or less often than expected. */
export function trackedOtherTimes(found: Search, times: number): string {
  const { events, matching } = found;
  const actual = matching.length === 0 ? 'not at all' : often(matching.length);
  const outcome = `Expected ${nameOf(found)} to be tracked ${often(times)}, but it was ${actual}, among ${count(events.length, 'recorded event')}.`;
  const shown = matching.length < times ? nearest(found) : show('The last one:', matching.at(-1));
  return paragraphs([outcome], shown, remarks(found));
}

/** An event was tracked just as often as was not expected. */
export function trackedSoManyTimes(found: Search, times: number): string {
  const outcome = `Expected ${nameOf(found)} not to be tracked ${often(times)}, but it was.`;
  return paragraphs([outcome], show('The last one:', found.matching.at(-1)), remarks(found));
}

/** What was found may change before the events that are on their way are there. */
export function notYetKnown(found: Search): string {
  return paragraphs([`How often ${nameOf(found)} is tracked cannot be told yet.`], remarks(found));
}

/** Among the events that are not as expected. */
function nearest({ events, matching, match }: Search): string[] {
  const isMatching = new Set(matching);
  const event = nearestEvent(
    events.filter((other) => !isMatching.has(other)),
    match,
  );
  if (event === undefined) return [];
  const differences = describeDifference(event, match).map((line) => `  ${line}`);
  return [...show('The nearest one:', event), '', 'It differs:', ...differences];
}

/** Why none of this name may have been recorded at all. */
function hints({ counts: { recorded, refused, skipped, evaluating }, elsewhere }: Search): string[] {
  const others = elsewhere().map(
    (other) =>
      `The account ${other === undefined ? 'without a name' : showText(other)} recorded one of this name` +
      `${other === undefined ? '' : `: give { account: '${other}' }`}.`,
  );
  if (others.length > 0 || recorded + refused + skipped + evaluating > 0) return others;
  return [
    'Note that @TrackEvent() tracks when its route is called over HTTP, not when a test calls the method itself.',
  ];
}

function remarks({ counts: { refused, skipped, evaluating }, refusals, conflicts, account }: Search): string[] {
  const service = account === undefined ? 'EventsService' : `getEventsToken('${account}')`;
  return [
    refused > 0 && `${count(refused, 'event')} ${was(refused)} refused${refusals.length > 0 ? ':' : '.'}`,
    ...refusals.slice(-MAX_REFUSALS).map((reason) => `  ${shorten(reason)}`),
    skipped > 0 &&
      `${count(skipped, 'event')} ${was(skipped)} skipped: nobody is known whom it would be about, or "when" said no.`,
    evaluating > 0 &&
      `${count(evaluating, 'event')} still ${evaluating === 1 ? 'waits for a promise of its' : 'wait for a promise of their'} ` +
        `@TrackEvent() functions: await app.get(${service}).flush() first.`,
    ...describeConflicts(conflicts),
  ].filter((remark) => remark !== false);
}

function describeConflicts(conflicts: readonly ConflictingAttribute[]): string[] {
  const lines = conflicts
    .slice(0, MAX_CONFLICTS)
    .map(
      ({ eventName, violation }) =>
        `WebEngage would drop an attribute of ${showText(eventName)}: ${violation.message}.`,
    );
  const left = conflicts.length - lines.length;
  return left > 0 ? [...lines, `So it would ${count(left, 'further attribute')}.`] : lines;
}

function nameOf({ match: { eventName }, className, account }: Search): string {
  const shown = typeof eventName === 'string' ? showText(eventName) : `an event named ${showValue(eventName)}`;
  const name = className === undefined ? shown : `${className} (${shown})`;
  return account === undefined ? name : `${name} of the account ${showText(account)}`;
}

function show(title: string, event: TrackedEvent | undefined): string[] {
  if (event === undefined) return [];
  const lines = JSON.stringify(event, null, 2)
    .split('\n')
    .map((line) => `  ${shorten(line, MAX_LINE_LENGTH)}`);
  const left = lines.length - MAX_LINES;
  return [title, ...lines.slice(0, MAX_LINES), ...(left > 0 ? [`  … and ${count(left, 'further line')}`] : [])];
}

function shorten(text: string, length = MAX_REASON_LENGTH): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}

function paragraphs(...given: readonly (readonly string[])[]): string {
  return given
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function often(times: number): string {
  return times === 1 ? 'once' : `${times} times`;
}

function noneIsLikeThat(recorded: number): string {
  if (recorded === 0) return 'no event was recorded';
  return recorded === 1
    ? 'the only recorded event is not like that'
    : `none of ${recorded} recorded events is like that`;
}

function was(number: number): string {
  return number === 1 ? 'was' : 'were';
}
