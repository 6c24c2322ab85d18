// @ts-check
// What became of an event, as a badge that needs no colour to be told apart: a sign, words, and its own outline.
import { el } from '../common/dom.js';

/** @typedef {import('../common/contract.js').SandboxEvent} SandboxEvent */

const SIGNS = new Map([
  ['kept', '✓'],
  ['attributes dropped', '◐'],
  ['event dropped', '✕'],
  ['refused', '!'],
  ['no answer', '?'],
]);

export const PROBLEMS = ['attributes dropped', 'event dropped', 'refused', 'no answer'];

/** @param {SandboxEvent} event */
export function isProblem(event) {
  return event.verdict !== 'kept';
}

/** @param {string} verdict */
export function badge(verdict) {
  const sign = el('span', { 'aria-hidden': 'true' }, SIGNS.get(verdict) ?? '!');
  return el('span', { class: 'badge', 'data-testid': 'badge', 'data-verdict': verdict }, sign, verdict);
}

/** WebEngage's data type of an attribute, as a small tag. @param {unknown} type */
export function typeTag(type) {
  const name = typeof type === 'string' ? type : 'no data type';
  return el('span', { class: 'type-tag', 'data-type': name }, name);
}

/** @param {SandboxEvent} event @returns {{ outcome: string, text: string }} */
export function lastStatus(event) {
  const attempt = event.attempts.at(-1);
  if (!attempt) return { outcome: 'no answer', text: '–' };
  const text = attempt.outcome === 'no answer' ? 'no answer' : String(attempt.status ?? attempt.outcome);
  return { outcome: attempt.outcome, text };
}
