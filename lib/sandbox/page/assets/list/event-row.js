// @ts-check
import { el, foreign } from '../common/dom.js';
import { classNamesOf } from '../common/class-names.js';
import { userText } from '../events/event-text.js';
import { asText, clip, clockTime, entriesOf, own, plural } from '../common/format.js';
import { badge, isProblem, lastStatus, standing, typeTag } from './verdict.js';

/** @typedef {import('../common/contract.js').SandboxEvent} SandboxEvent */

const MAX_ATTRIBUTES = 6;
const MAX_TEXT = 80;
const MAX_MESSAGE = 200;
/** A badge may squeeze longer names, but never these: they need less room than the least a name gets. */
const SHORT_NAME = 6;

/** @param {SandboxEvent} event */
export function eventRow(event) {
  return el(
    'div',
    { class: 'event-row', id: `event-${event.id}`, role: 'option', 'data-testid': 'event-row', 'data-id': event.id },
    el('span', { class: 'row-time' }, clockTime(event.receivedAt)),
    nameCell(event),
    attributesCell(event),
    el('span', { class: 'row-user' }, foreign(clip(userText(event), MAX_TEXT) || 'no user')),
    el('span', { class: 'row-request mono' }, clip(event.requestId ?? '–', 8)),
    statusCell(event),
  );
}

/** @param {SandboxEvent} event */
function nameCell(event) {
  const name = clip(asText(event.eventName), MAX_TEXT) || (event.bulk ? 'Unreadable bulk call' : 'No event name');
  const kind = name.length > SHORT_NAME ? 'row-name' : 'row-name short';
  const cell = el('span', { class: 'row-event' }, foreign(name, kind), ...classNamesOf(event.classNames));
  if (isProblem(event)) cell.append(badge(standing(event)));
  return cell;
}

/** @param {SandboxEvent} event */
function attributesCell(event) {
  const cell = el('span', { class: 'row-attributes' });
  const attributes = entriesOf(event.eventData);
  if (attributes.length === 0) cell.append(foreign(clip(whatIsWrong(event), MAX_MESSAGE)));
  for (const [name, value] of attributes.slice(0, MAX_ATTRIBUTES)) {
    const text = el('b', {}, foreign(clip(asText(value), MAX_TEXT)));
    const type = typeTag(own(event.types, name));
    cell.append(el('span', { class: 'row-attribute' }, foreign(clip(name, MAX_TEXT)), ': ', text, ' ', type), ' ');
  }
  if (attributes.length > MAX_ATTRIBUTES) cell.append(`+${attributes.length - MAX_ATTRIBUTES}`);
  return cell;
}

/** The first finding; of a refusal, which has its status in the row, only what the answer said. @param {SandboxEvent} event */
function whatIsWrong({ findings: [finding], attempts }) {
  const said = finding?.rule === 'refused' ? attempts.at(-1)?.message : undefined;
  return asText(said ?? finding?.message);
}

/** @param {SandboxEvent} event */
function statusCell(event) {
  const { outcome, text } = lastStatus(event);
  const cell = el('span', { class: 'row-status', 'data-outcome': outcome }, el('b', {}, text));
  if (event.attemptCount > 1) cell.append(` ${plural(event.attemptCount, 'attempt')}`);
  return cell;
}
