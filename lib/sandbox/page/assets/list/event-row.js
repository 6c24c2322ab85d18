// @ts-check
import { el, foreign } from '../common/dom.js';
import { userText } from '../events/event-text.js';
import { asText, clip, clockTime, entriesOf, own, plural } from '../common/format.js';
import { badge, isProblem, lastStatus, typeTag } from './verdict.js';

/** @typedef {import('../common/contract.js').SandboxEvent} SandboxEvent */

const MAX_ATTRIBUTES = 6;
const MAX_TEXT = 80;

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
  const cell = el('span', { class: 'row-event' }, foreign(name, 'row-name'));
  if (isProblem(event)) cell.append(badge(event.verdict));
  return cell;
}

/** @param {SandboxEvent} event */
function attributesCell(event) {
  const cell = el('span', { class: 'row-attributes' });
  const attributes = entriesOf(event.eventData);
  for (const [name, value] of attributes.slice(0, MAX_ATTRIBUTES)) {
    const text = el('b', {}, foreign(clip(asText(value), MAX_TEXT)));
    const type = typeTag(own(event.types, name));
    cell.append(el('span', { class: 'row-attribute' }, foreign(clip(name, MAX_TEXT)), ': ', text, ' ', type), ' ');
  }
  if (attributes.length > MAX_ATTRIBUTES) cell.append(`+${attributes.length - MAX_ATTRIBUTES}`);
  return cell;
}

/** @param {SandboxEvent} event */
function statusCell(event) {
  const { outcome, text } = lastStatus(event);
  const cell = el('span', { class: 'row-status', 'data-outcome': outcome }, el('b', {}, text));
  if (event.attemptCount > 1) cell.append(` ${plural(event.attemptCount, 'attempt')}`);
  return cell;
}
