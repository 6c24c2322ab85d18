// @ts-check
import { el, setText } from '../common/dom.js';
import { throttled } from '../common/frame.js';
import { asText, plural } from '../common/format.js';
import { request } from '../common/http.js';
import { conflictCount, typeBody, typeSummary } from './type-event.js';

/** @typedef {import('../common/contract.js').TypedEvent} TypedEvent */

/** Between two loads: a busy sandbox would otherwise be asked for its whole table all the time. */
const INTERVAL = 2500;
const NOTHING =
  'No data type is locked yet. Those of event classes and of a lock file are listed from an account’s first call on.';

/** Which data types WebEngage has locked: an event per entry, its attributes built when it is opened. */
export class TypeTable {
  /** @type {Map<string, { element: HTMLDetailsElement, signature: string, event: TypedEvent }>} */
  #entries = new Map();
  #several = false;
  #shown = false;
  #stale = true;

  /** @param {{ table: HTMLElement, text: HTMLInputElement, conflicts: HTMLInputElement, count: HTMLElement }} parts */
  constructor(parts) {
    this.parts = parts;
    this.refresh = throttled(() => void this.#load(), INTERVAL);
    parts.text.addEventListener('input', () => this.#filter());
    parts.conflicts.addEventListener('change', () => this.#filter());
  }

  /** Something came in: the table is loaded anew when it is in sight. */
  changed() {
    this.#stale = true;
    if (this.#shown) this.refresh();
  }

  set shown(/** @type {boolean} */ shown) {
    this.#shown = shown;
    if (shown && this.#stale) this.refresh();
  }

  async #load() {
    if (!this.#shown) return;
    this.#stale = false;
    try {
      const { events } = await request('GET', '/api/types');
      // A large table takes a while to parse, and a while to build: not both in one go.
      await new Promise((resolve) => setTimeout(resolve));
      this.#show(events);
    } catch (error) {
      this.#stale = true;
      setText(this.parts.count, asText(Object(error).message));
    }
  }

  /** @param {TypedEvent[]} events */
  #show(events) {
    this.#several = new Set(events.map((event) => event.licenseCode)).size > 1;
    const known = this.#entries;
    this.#entries = new Map();
    events.sort((left, right) => (left.eventName < right.eventName ? -1 : 1));
    for (const event of events) {
      const key = JSON.stringify([event.licenseCode, event.eventName]);
      this.#entries.set(key, this.#entry(event, known.get(key)));
    }
    if (events.length === 0) this.parts.table.replaceChildren(el('p', { class: 'muted' }, NOTHING));
    else this.#place([...this.#entries.values()].map((entry) => entry.element));
    this.#filter();
  }

  /** Moves only what is out of place, so that an open entry keeps its focus. @param {HTMLElement[]} elements */
  #place(elements) {
    const { table } = this.parts;
    const wanted = new Set(elements);
    for (const child of [...table.children]) if (!wanted.has(/** @type {HTMLElement} */ (child))) child.remove();
    elements.forEach((element, index) => {
      if (table.children[index] !== element) table.insertBefore(element, table.children[index] ?? null);
    });
  }

  /** @param {TypedEvent} event @param {{ element: HTMLDetailsElement, signature: string, event: TypedEvent } | undefined} known */
  #entry(event, known) {
    const declared = event.attributes.map(({ declaredBy }) => declaredBy);
    const conflicts = conflictCount(event);
    const signature = JSON.stringify([
      event.perType,
      event.refused,
      conflicts,
      this.#several,
      event.classNames,
      declared,
    ]);
    if (known?.signature === signature) return { ...known, event };
    const element = known?.element ?? el('details', { class: 'type-event' });
    const focused = element.contains(document.activeElement);
    element.toggleAttribute('data-conflict', conflicts > 0);
    element.replaceChildren(typeSummary(event, this.#several));
    if (focused) element.querySelector('summary')?.focus();
    const fill = () => element.open && element.children.length === 1 && element.append(typeBody(event));
    element.ontoggle = fill;
    fill();
    return { element, signature, event };
  }

  #filter() {
    const text = this.parts.text.value.toLowerCase();
    const onlyConflicts = this.parts.conflicts.checked;
    let shown = 0;
    for (const { element, event } of this.#entries.values()) {
      const named = text === '' || namesOf(event).some(includes(text));
      const visible = named && (!onlyConflicts || conflictCount(event) > 0);
      element.hidden = !visible;
      if (visible) shown++;
    }
    setText(
      this.parts.count,
      shown === this.#entries.size ? plural(shown, 'event') : `${shown} of ${plural(this.#entries.size, 'event')}`,
    );
  }
}

/** @param {TypedEvent} event */
function namesOf({ eventName, classNames, attributes }) {
  return [eventName, ...classNames, ...attributes.flatMap(({ name, declaredBy = '' }) => [name, declaredBy])];
}

/** @param {string} text in lower case */
function includes(text) {
  return (/** @type {string} */ name) => name.toLowerCase().includes(text);
}
