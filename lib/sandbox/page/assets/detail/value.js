// @ts-check
import { button, el } from '../common/dom.js';
import { asJson, count } from '../common/format.js';

/** Longer texts are cut, with a button that shows all: laying out a megabyte takes a browser a while. */
const MAX_SHOWN = 10_000;
const LONG_ENOUGH_TO_SCROLL = 500;
const SHORT_ENOUGH_FOR_A_LINE = 60;

/** An attribute's value in full: Strings as they are, the rest as JSON. @param {unknown} value */
export function valueView(value) {
  const text = typeof value === 'string' ? value : jsonText(value);
  if (text === '') return el('span', { class: 'muted' }, 'empty');
  return longText(text, 'mono');
}

/** What is short stays on one line. @param {unknown} value */
function jsonText(value) {
  const line = asJson(value);
  return line.length > SHORT_ENOUGH_FOR_A_LINE ? asJson(value, 2) : line;
}

/** @param {string} text @param {string} [kind] a class */
export function longText(text, kind = '') {
  const scrolls = text.length > LONG_ENOUGH_TO_SCROLL ? { tabindex: 0 } : {};
  const shown = el('span', { class: `value foreign ${kind}`, dir: 'auto', ...scrolls }, text.slice(0, MAX_SHOWN));
  if (text.length <= MAX_SHOWN) return shown;
  shown.append('…');
  const more = button(`Show all ${count(text.length)} characters`, () => {
    shown.textContent = text;
    more.remove();
    shown.focus();
  });
  more.classList.add('more');
  return el('div', {}, shown, more);
}
