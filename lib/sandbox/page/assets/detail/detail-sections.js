// @ts-check
// The parts of an event's detail.
import { el, foreign } from '../common/dom.js';
import { asText, clockTime, entriesOf, fullTime, own, plural } from '../common/format.js';
import { longText, valueView } from './value.js';
import { typeTag } from '../list/verdict.js';

/** @typedef {import('../common/contract.js').SandboxEvent} SandboxEvent */

/** A finding's path cuts longer names. */
const NAME_IN_PATHS = 60;

/** @param {SandboxEvent} event */
export function factsSection(event) {
  const facts = el('dl', { class: 'facts' });
  const add = (/** @type {string} */ name, /** @type {unknown} */ value, kind = '') => {
    if (value !== undefined) facts.append(el('dt', {}, name), el('dd', {}, foreign(asText(value), kind)));
  };
  add('Received', fullTime(event.receivedAt));
  add('Event time', event.eventTime);
  add('User id', event.userId);
  add('Anonymous id', event.anonymousId);
  add('Request id', event.requestId ?? 'none', 'mono');
  add('Account', event.licenseCode, 'mono');
  add('Call', event.bulk ? 'bulk' : 'single');
  add('Sandbox’s id', `${event.id}`);
  return el('section', {}, el('h3', {}, 'Event'), facts);
}

/** @param {SandboxEvent} event */
export function attributesSection(event) {
  const entries = entriesOf(event.eventData);
  const section = el('section', {}, el('h3', {}, `Attributes (${entries.length})`));
  if (entries.length > 0) section.append(attributeTable(entries, event));
  else if (event.eventData !== undefined && asText(event.eventData) !== '{}')
    section.append(valueView(event.eventData));
  else section.append(el('p', { class: 'muted' }, 'None.'));
  return section;
}

/** @param {[string, unknown][]} entries @param {SandboxEvent} event */
function attributeTable(entries, event) {
  const rows = entries.map(([name, value]) => {
    const finding = findingOf(name, event);
    const label = el('td', { class: 'attribute-name' }, longText(name));
    if (finding) label.append(el('span', { class: 'dropped' }, '✕ dropped'));
    const type = el('td', {}, typeTag(own(event.types, name)));
    if (finding?.lockedType)
      type.append(el('span', { class: 'locked-type' }, 'locked as ', typeTag(finding.lockedType)));
    return el('tr', { 'data-dropped': finding !== undefined }, label, el('td', {}, valueView(value)), type);
  });
  return table('attributes', ['Attribute', 'Value', 'Data type'], rows);
}

/** Why an attribute is dropped, if it is. @param {string} name @param {SandboxEvent} event */
function findingOf(name, event) {
  if (event.verdict !== 'attributes dropped') return undefined;
  const shown = name.length > NAME_IN_PATHS ? `${name.slice(0, NAME_IN_PATHS)}…` : name;
  const path = `eventData[${JSON.stringify(shown)}]`;
  return event.findings.find((finding) => asText(finding.path).startsWith(path));
}

/** @param {SandboxEvent} event */
export function attemptsSection(event) {
  const rows = event.attempts.map((attempt) => {
    const said = el('td', {});
    if (attempt.message) said.append(longText(asText(attempt.message)));
    if (attempt.fault) said.append(el('div', {}, 'Fault: ', foreign(asText(attempt.fault))));
    const time = el('td', { title: fullTime(attempt.receivedAt) }, clockTime(attempt.receivedAt));
    return el('tr', {}, time, el('td', {}, outcomeText(attempt)), said);
  });
  const hidden = event.attemptCount - event.attempts.length;
  const section = el('section', {}, el('h3', {}, plural(event.attemptCount, 'attempt')));
  if (hidden > 0) section.append(el('p', { class: 'muted' }, `The first ${plural(hidden, 'attempt')} are not kept.`));
  section.append(table('attempts', ['Time', 'Answer', 'Message'], rows));
  return section;
}

/** @param {import('../common/contract.js').Attempt} attempt */
function outcomeText(attempt) {
  const outcome = attempt.outcome === 'recognised' ? 'not ingested twice' : attempt.outcome;
  if (attempt.outcome === 'no answer') return outcome;
  return `${attempt.status ?? 'no answer'}, ${outcome}`;
}

/** @param {string} kind @param {string[]} heads @param {HTMLTableRowElement[]} rows */
export function table(kind, heads, rows) {
  const head = el('tr', {}, ...heads.map((text) => el('th', { scope: 'col' }, text)));
  return el('table', { class: `table ${kind}` }, el('thead', {}, head), el('tbody', {}, ...rows));
}
