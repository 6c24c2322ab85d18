// @ts-check
import { copy } from '../detail/clipboard.js';
import { button, el } from './dom.js';

/** Something to copy. @param {string} text */
export function snippet(text) {
  const copyButton = button('Copy', async () => {
    copyButton.textContent = (await copy(text)) ? 'Copied' : 'Not copied';
    setTimeout(() => (copyButton.textContent = 'Copy'), 1500);
  });
  return el('div', { class: 'snippet' }, el('pre', { tabindex: 0 }, text), copyButton);
}
