// @ts-check
// What the sandbox says of an event, in its detail.
import { button, byId, el, foreign } from '../common/dom.js';
import { asText } from '../common/format.js';
import { meaningOf, standing } from '../list/verdict.js';

/** @typedef {import('../common/contract.js').SandboxEvent} SandboxEvent */
/** @typedef {import('../common/contract.js').Finding} Finding */

/** @param {SandboxEvent} event */
export function findingsSection(event) {
  const summary = el('p', {}, meaningOf(standing(event)));
  if (isAnswerLost(event)) summary.append(' The call was ingested, but the app got no answer to its last attempt.');
  const findings = event.findings.map((finding) => findingView(finding, event));
  const section = el('section', { 'aria-label': 'Findings' }, summary, el('div', { class: 'findings' }, ...findings));
  if (event.findings.some(({ rule }) => rule === 'attributesPerType')) section.append(typesButton(event));
  return section;
}

/** @param {SandboxEvent} event */
function isAnswerLost(event) {
  const attempt = event.attempts.at(-1);
  return attempt !== undefined && attempt.status === undefined && attempt.outcome !== 'no answer';
}

/** @param {Finding} finding @param {SandboxEvent} event */
function findingView(finding, event) {
  const view = el('div', { class: 'finding', 'data-testid': 'finding', 'data-severity': severityOf(finding, event) });
  view.append(el('p', {}, foreign(asText(finding.message))));
  // What a fault made needs no mending.
  const lead = finding.rule === 'fault' ? '' : 'Fix: ';
  if (finding.fix) view.append(el('p', { class: 'fix' }, lead, foreign(asText(finding.fix))));
  view.append(el('p', { class: 'foot' }, 'Rule: ', el('code', { class: 'rule' }, finding.rule)));
  return view;
}

/** @param {Finding} finding @param {SandboxEvent} event */
function severityOf(finding, event) {
  if (finding.rule === 'unknownField') return 'ignored';
  return event.verdict === 'attributes dropped' ? 'partly' : 'lost';
}

/** Leads to the attributes that take up the room. @param {SandboxEvent} event */
function typesButton(event) {
  const show = () => {
    const filter = /** @type {HTMLInputElement} */ (byId('type-text'));
    filter.value = asText(event.eventName);
    filter.dispatchEvent(new Event('input'));
    byId('tab-types').click();
    byId('tab-types').focus();
  };
  return button('See this event’s data types', show, { class: 'to-types' });
}
