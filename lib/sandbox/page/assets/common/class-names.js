// @ts-check
import { el } from './dom.js';
import { clip } from './format.js';

const MAX_TEXT = 120;

/** The classes that declare an event, to stand beside its name; nothing where none does. @param {readonly string[] | undefined} names */
export function classNamesOf(names) {
  if (names === undefined || names.length === 0) return [];
  const text = clip(names.join(', '), MAX_TEXT);
  const title = `Declared by the ${names.length === 1 ? 'class' : 'classes'} ${text}`;
  return [el('span', { class: 'class-names mono foreign', dir: 'auto', 'data-testid': 'class-names', title }, text)];
}
