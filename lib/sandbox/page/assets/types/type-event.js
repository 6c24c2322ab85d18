// @ts-check
// One event of the type table.
import { table } from '../detail/detail-sections.js';
import { classNamesOf } from '../common/class-names.js';
import { el, foreign } from '../common/dom.js';
import { clip, clockTime, entriesOf, fullTime, own, plural } from '../common/format.js';
import { typeTag } from '../list/verdict.js';

/** @typedef {import('../common/contract.js').TypedEvent} TypedEvent */
/** @typedef {import('../common/contract.js').TypedAttribute} TypedAttribute */

const PER_TYPE = 25;
const TYPES = ['String', 'Number', 'Boolean', 'Date', 'JSON Array', 'JSON Object'];

/** How many data points of an event were dropped for their type. @param {TypedEvent} event */
export function conflictCount(event) {
  const refused = sum(event.refused);
  return event.attributes.reduce((total, { conflicts }) => total + sum(conflicts), refused);
}

/** @param {unknown} counts */
function sum(counts) {
  return entriesOf(counts).reduce((total, [, number]) => total + Number(number), 0);
}

/** @param {TypedEvent} event @param {boolean} withAccount */
export function typeSummary(event, withAccount) {
  const summary = el('summary', {}, foreign(clip(event.eventName, 200), 'type-name'));
  summary.append(...classNamesOf(event.classNames));
  if (withAccount) summary.append(foreign(clip(event.licenseCode, 40), 'muted mono'));
  const conflicts = conflictCount(event);
  if (conflicts > 0) summary.append(el('span', { class: 'conflict' }, `◐ ${plural(conflicts, 'data point')} dropped`));
  summary.append(el('span', { class: 'spacer' }));
  for (const type of TYPES) {
    const used = Number(own(event.perType, type) ?? 0);
    if (used === 0) continue;
    const text = `${used} of ${PER_TYPE}`;
    summary.append(el('span', { class: 'type-use', 'data-full': used >= PER_TYPE }, typeTag(type), text));
  }
  return summary;
}

/** @param {TypedEvent} event */
export function typeBody(event) {
  const body = el('div', { class: 'type-body' });
  for (const [type, number] of entriesOf(event.refused)) {
    const what = plural(Number(number), 'data point');
    const text = `${what} dropped: this event already has ${PER_TYPE} attributes of the type ${type}. Use fewer attributes.`;
    body.append(el('p', { class: 'conflict' }, text));
  }
  const rows = event.attributes.map((attribute) => {
    const cells = [
      foreign(clip(attribute.name, 1000)),
      typeTag(attribute.type),
      lockedBy(attribute),
      conflictText(attribute),
    ].map((content) => el('td', {}, content));
    return el('tr', { 'data-conflict': entriesOf(attribute.conflicts).length > 0 }, ...cells);
  });
  body.append(table('typed', ['Attribute', 'Locked type', 'Locked by', 'Conflicts'], rows));
  return body;
}

/** @param {TypedAttribute} attribute */
function lockedBy({ declaredBy, since }) {
  if (declaredBy !== undefined) return foreign(clip(declaredBy, 200), 'mono');
  const title = since === undefined ? '' : fullTime(since);
  return el('span', { class: 'muted', title }, `first data point${since === undefined ? '' : `, ${clockTime(since)}`}`);
}

/** @param {TypedAttribute} attribute */
function conflictText(attribute) {
  const conflicts = entriesOf(attribute.conflicts);
  if (conflicts.length === 0) return el('span', { class: 'muted' }, 'none');
  const text = conflicts.map(([type, number]) => `${number} × ${type}`).join(', ');
  return el('span', { class: 'conflict' }, `◐ ${text} dropped`);
}
