// @ts-check
// What became of an event, as a badge that needs no colour to be told apart: a sign, words, and its own outline.
import { el } from '../common/dom.js';

/** @typedef {import('../common/contract.js').SandboxEvent} SandboxEvent */

/** What a badge says, its sign, and what that means. @type {Map<string, { sign: string, meaning: string }>} */
export const BADGES = new Map([
  ['kept', { sign: '✓', meaning: 'WebEngage would keep this event as it is.' }],
  ['field ignored', { sign: '~', meaning: 'WebEngage would keep this event, but ignore a field that no event has.' }],
  [
    'attributes dropped',
    {
      sign: '◐',
      meaning: 'WebEngage would answer “queued”, keep the event, and silently drop some of its attributes.',
    },
  ],
  ['event dropped', { sign: '✕', meaning: 'WebEngage would answer “queued”, then silently drop the whole event.' }],
  ['refused', { sign: '!', meaning: 'The call was refused: nothing of it was ingested.' }],
  ['no answer', { sign: '?', meaning: 'The call got no answer, and nothing of it was ingested.' }],
]);

/** @param {SandboxEvent} event */
export function isProblem(event) {
  return event.verdict !== 'kept' || event.findings.length > 0;
}

/** Whether WebEngage answered it with `queued`. @param {SandboxEvent} event */
export function isTakenIn({ verdict }) {
  return verdict !== 'refused' && verdict !== 'no answer';
}

/** The verdict, or what is to be said of an event that is kept. @param {SandboxEvent} event */
export function standing(event) {
  return event.verdict === 'kept' && isProblem(event) ? 'field ignored' : event.verdict;
}

/** @param {string} standing */
export function meaningOf(standing) {
  return BADGES.get(standing)?.meaning ?? '';
}

/** @param {string} standing */
export function badge(standing) {
  const sign = el('span', { 'aria-hidden': 'true' }, BADGES.get(standing)?.sign ?? '!');
  const attributes = { class: 'badge', 'data-testid': 'badge', 'data-verdict': standing, title: meaningOf(standing) };
  return el('span', attributes, sign, standing);
}

/** WebEngage's data type of an attribute, as a small tag. @param {unknown} type */
export function typeTag(type) {
  const name = typeof type === 'string' ? type : 'no data type';
  return el('span', { class: 'type-tag', 'data-type': name }, name);
}

/** What the app heard last: an event may be ingested, and its answer lost. @param {SandboxEvent} event @returns {{ outcome: string, text: string }} */
export function lastStatus(event) {
  const attempt = event.attempts.at(-1);
  if (attempt?.status === undefined) return { outcome: 'no answer', text: 'no answer' };
  return { outcome: attempt.outcome, text: String(attempt.status) };
}
