// @ts-check
import { el } from '../common/dom.js';
import { applies, faultOf, FIELDS, KINDS, SCOPES } from './fault-kinds.js';
import { asText } from '../common/format.js';

/** @typedef {import('../common/http.js').RequestError} RequestError */

/** The form that adds a fault, with what the sandbox says of each field beside it. */
export class FaultForm {
  element = el('form', { class: 'fault-form', 'data-testid': 'fault-form', novalidate: true });
  #kind = select('fault-kind', KINDS);
  #scope = select('fault-scope', SCOPES);
  #error = el('p', { class: 'error', role: 'alert', 'data-testid': 'fault-error' });
  /** @type {Map<string, { box: HTMLElement, input: HTMLInputElement, error: HTMLElement, label: HTMLElement }>} */
  #fields = new Map();

  /** @param {(fault: object) => void} onAdd */
  constructor(onAdd) {
    for (const field of FIELDS) this.#fields.set(field.name, fieldView(field));
    const box = (/** @type {string} */ name) => /** @type {{ box: HTMLElement }} */ (this.#fields.get(name)).box;
    const kind = el('label', { class: 'field wide' }, el('span', {}, 'Kind of fault'), this.#kind);
    const scope = el('label', { class: 'field wide' }, el('span', {}, 'For which calls'), this.#scope);
    const add = el('button', { type: 'submit', class: 'primary', 'data-testid': 'fault-add' }, 'Add fault');
    const what = ['status', 'retryAfter', 'message', 'rate', 'latency'].map(box);
    this.element.append(kind, ...what, scope, ...['calls', 'probability', 'seed'].map(box), this.#error, add);
    for (const choice of [this.#kind, this.#scope]) choice.addEventListener('change', () => this.#arrange());
    this.element.addEventListener('submit', (submit) => {
      submit.preventDefault();
      onAdd(faultOf((name) => this.#read(name)));
    });
    this.#arrange();
  }

  /** @param {RequestError | undefined} failure */
  showError(failure) {
    let isPlaced = false;
    const elsewhere = [];
    for (const { input, error } of this.#fields.values()) {
      error.textContent = '';
      input.removeAttribute('aria-invalid');
    }
    for (const { path, message } of failure?.problems ?? []) {
      const field = this.#fields.get(path);
      if (field && !field.box.hidden) {
        isPlaced = true;
        field.error.textContent = asText(message);
        field.input.setAttribute('aria-invalid', 'true');
      } else elsewhere.push(`${asText(path)} ${asText(message)}`);
    }
    // The general message tells all problems again.
    this.#error.textContent = isPlaced || !failure ? elsewhere.join('\n') : failure.message;
  }

  /** @param {string} name */
  #read(name) {
    if (name === 'kind') return this.#kind.value;
    if (name === 'scope') return this.#scope.value;
    return this.#fields.get(name)?.input.value ?? '';
  }

  #arrange() {
    for (const field of FIELDS) {
      const view = this.#fields.get(field.name);
      if (view) view.box.hidden = !applies(field, this.#kind.value, this.#scope.value);
    }
    const latency = this.#fields.get('latency');
    if (!latency) return;
    const required = this.#kind.value === 'latency';
    latency.label.textContent = required ? 'Wait (ms)' : 'Wait first (ms), if at all';
    if (required && latency.input.value === '') latency.input.value = '2000';
    if (!required && latency.input.value === '2000') latency.input.value = '';
    this.showError(undefined);
  }
}

/** @param {string} id @param {string[][]} options */
function select(id, options) {
  const choices = options.map(([value, label]) => el('option', { value }, label));
  return el('select', { 'data-testid': id }, ...choices);
}

/** @param {(typeof FIELDS)[number]} field */
function fieldView({ name, label, initial, numeric, wide }) {
  const id = `fault-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const kind = { inputmode: numeric ? 'decimal' : 'text', autocomplete: 'off', spellcheck: 'false' };
  const input = el('input', { ...kind, 'data-testid': id, 'aria-describedby': `${id}-error`, value: initial });
  const error = el('span', { class: 'error', id: `${id}-error` });
  const text = el('span', {}, label);
  return { box: el('label', { class: wide ? 'field wide' : 'field' }, text, input, error), input, error, label: text };
}
