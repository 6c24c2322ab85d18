// @ts-check
import { byId, el } from '../common/dom.js';
import { throttled } from '../common/frame.js';

/** @typedef {import('../common/contract.js').Filter} Filter */

const MAX_SUGGESTIONS = 200;

/** The inputs above the list. */
export class FilterBar {
  #event = /** @type {HTMLInputElement} */ (byId('filter-event'));
  #user = /** @type {HTMLInputElement} */ (byId('filter-user'));
  #text = /** @type {HTMLInputElement} */ (byId('filter-text'));
  #problems = /** @type {HTMLInputElement} */ (byId('filter-problems'));
  #suggested = -1;

  /** @param {import('../events/tally.js').Tally} names @param {(filter: Filter) => void} onChange */
  constructor(names, onChange) {
    const changed = () => onChange(this.filter);
    for (const input of [this.#event, this.#user, this.#text]) {
      input.addEventListener('input', changed);
      input.addEventListener('keydown', (key) => this.#clearOnEscape(key, input, changed));
    }
    this.#problems.addEventListener('change', changed);
    this.suggest = throttled(() => this.#suggest(names), 1000);
  }

  /** @returns {Filter} */
  get filter() {
    return {
      event: this.#event.value,
      user: this.#user.value,
      text: this.#text.value,
      problems: this.#problems.checked,
    };
  }

  set filter(filter) {
    this.#event.value = filter.event;
    this.#user.value = filter.user;
    this.#text.value = filter.text;
    this.#problems.checked = filter.problems;
  }

  focus() {
    this.#text.focus();
    this.#text.select();
  }

  /** @param {KeyboardEvent} key @param {HTMLInputElement} input @param {() => void} changed */
  #clearOnEscape(key, input, changed) {
    if (key.key === 'ArrowDown' && input !== this.#event) byId('event-list').focus();
    if (key.key !== 'Escape') return;
    key.preventDefault();
    key.stopPropagation();
    if (input.value === '') return byId('event-list').focus();
    input.value = '';
    changed();
  }

  /** @param {import('../events/tally.js').Tally} names */
  #suggest(names) {
    if (this.#suggested === names.version) return;
    this.#suggested = names.version;
    const options = names.top(MAX_SUGGESTIONS).map((name) => el('option', { value: name }));
    byId('event-names').replaceChildren(...options);
  }
}
