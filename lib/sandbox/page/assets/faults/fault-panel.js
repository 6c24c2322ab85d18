// @ts-check
import { button, el, foreign } from '../common/dom.js';
import { FaultForm } from './fault-form.js';
import { PRESETS } from './fault-kinds.js';
import { asText, plural } from '../common/format.js';
import { request, RequestError } from '../common/http.js';

/** @typedef {import('../common/contract.js').Fault} Fault */

/** Adds, lists and removes faults. */
export class FaultPanel {
  #form = new FaultForm((fault) => void this.#add(fault));
  #list = el('ul', { class: 'fault-list', 'data-testid': 'fault-list' });
  #error = el('p', { class: 'error', role: 'alert' });
  #removeAll = button('Remove all', () => void this.#do('DELETE', '/api/faults'), {
    'data-testid': 'fault-remove-all',
  });
  #drawn = '';

  /** @param {HTMLElement} place @param {(count: number) => void} onCount */
  constructor(place, onCount) {
    this.onCount = onCount;
    const presets = PRESETS.map(([label, fault]) => button(label, () => void this.#add(fault)));
    const quick = card(el('h2', {}, 'Quick faults'), el('div', { class: 'presets' }, ...presets));
    const form = card(el('h2', {}, 'Add a fault'), this.#form.element);
    const head = el('div', { class: 'card-head' }, el('h2', {}, 'Active faults'), this.#removeAll);
    place.append(el('div', {}, quick, form), el('div', {}, card(head, this.#error, this.#list)));
    this.update([]);
  }

  /** @param {Fault[]} faults */
  update(faults) {
    const drawn = JSON.stringify(faults);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.onCount(faults.length);
    this.#removeAll.hidden = faults.length === 0;
    const focused = document.activeElement?.getAttribute('data-fault');
    const rows = faults.map((fault) => this.#row(fault));
    if (rows.length === 0) rows.push(el('li', { class: 'muted' }, 'None. Every call is answered as WebEngage would.'));
    this.#list.replaceChildren(...rows);
    if (focused) this.#focusAfter(focused);
  }

  /** Keeps the keyboard where it was: on the same fault, or on what is left. @param {string} id */
  #focusAfter(id) {
    const buttons = [...this.#list.querySelectorAll('button')];
    const same = buttons.find((other) => other.getAttribute('data-fault') === id);
    (same ?? buttons[0] ?? this.#form.element.querySelector('select'))?.focus();
  }

  /** @param {Fault} fault */
  #row(fault) {
    const used = `Applied to ${plural(fault.applied, 'call')}`;
    const left = fault.callsLeft === undefined ? '' : `, ${plural(fault.callsLeft, 'call')} left`;
    const what = el('div', { class: 'fault-what' }, el('p', {}, foreign(asText(fault.description))));
    what.append(el('p', { class: 'muted' }, `${used}${left}.`));
    const remove = button('Remove', () => void this.#do('DELETE', `/api/faults/${fault.id}`));
    remove.setAttribute('aria-label', `Remove the fault: ${asText(fault.description)}`);
    remove.dataset.fault = String(fault.id);
    return el('li', { 'data-id': fault.id }, what, remove);
  }

  /** @param {object} fault */
  async #add(fault) {
    this.#form.showError(undefined);
    try {
      await request('POST', '/api/faults', fault);
    } catch (error) {
      this.#form.showError(error instanceof RequestError ? error : new RequestError(String(error)));
    }
    await this.#reload();
  }

  /** @param {string} method @param {string} path */
  async #do(method, path) {
    this.#error.textContent = '';
    try {
      await request(method, path);
    } catch (error) {
      this.#error.textContent = asText(Object(error).message);
    }
    await this.#reload();
  }

  /** The stream brings the list too, but a little later. */
  async #reload() {
    try {
      this.update((await request('GET', '/api/faults')).faults);
    } catch {
      // The stream's state says that the connection is gone.
    }
  }
}

/** @param {...Node} children */
function card(...children) {
  return el('div', { class: 'card' }, ...children);
}
