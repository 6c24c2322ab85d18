// @ts-check
import { byId, el } from './dom.js';
import { asText } from './format.js';
import { request } from './http.js';
import { BADGES, badge } from '../list/verdict.js';

const KEYS = [
  ['/', 'Go to the text filter'],
  ['↑ ↓', 'Move in the list'],
  ['Home End', 'To the newest, to the oldest'],
  ['Page Up, Page Down', 'Move by a page'],
  ['Enter', 'Open the event'],
  ['Esc', 'Close the event, or clear the filter'],
  ['?', 'Show these keys'],
];

/** The stream tells when all is cleared: not the answer, which may come after the next events. */
export function clearDialog() {
  const dialog = /** @type {HTMLDialogElement} */ (byId('clear-dialog'));
  const all = /** @type {HTMLInputElement} */ (byId('clear-all'));
  const error = byId('clear-error');
  byId('clear').addEventListener('click', () => {
    error.textContent = '';
    all.checked = false;
    dialog.showModal();
  });
  byId('clear-cancel').addEventListener('click', () => dialog.close());
  byId('clear-confirm').addEventListener('click', async () => {
    try {
      await request('DELETE', all.checked ? '/api/state' : '/api/events');
      dialog.close();
    } catch (failure) {
      error.textContent = asText(Object(failure).message);
    }
  });
}

export function keysDialog() {
  const dialog = /** @type {HTMLDialogElement} */ (byId('keys-dialog'));
  for (const [key, meaning] of KEYS) {
    const parts = key.split(key.includes(', ') ? ', ' : ' ').map((part) => el('kbd', {}, part));
    byId('keys').append(el('dt', {}, ...parts.flatMap((part, index) => (index ? [' ', part] : [part]))));
    byId('keys').append(el('dd', {}, meaning));
  }
  for (const [standing, { meaning }] of BADGES) {
    byId('badges').append(el('dt', {}, badge(standing)), el('dd', {}, meaning));
  }
  const open = () => {
    dialog.showModal();
    // The button at its foot has the keyboard, and a small screen would begin there.
    dialog.scrollTop = 0;
  };
  byId('keys-open').addEventListener('click', open);
  byId('keys-close').addEventListener('click', () => dialog.close());
  return open;
}
