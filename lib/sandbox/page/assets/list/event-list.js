// @ts-check
import { eventRow } from './event-row.js';
import { indexFor } from '../events/event-store.js';
import { perFrame } from '../common/frame.js';
import { el } from '../common/dom.js';

/** @typedef {import('../events/event-store.js').EventRecord} EventRecord */
/** @typedef {Map<number, { element: HTMLElement, event: object }>} Rows */

const OVERSCAN = 6;

/** A list of which only the visible rows are in the page. The view it shows is oldest first; the list newest first. */
export class EventList {
  /** @type {readonly EventRecord[]} */
  #view = [];
  /** @type {Rows} */
  #rows = new Map();
  #space = el('div', { role: 'presentation' });
  #rowHeight = 36;
  #scrollTop = 0;
  /** The newest event that was there when the reader left the top. Undefined: the list follows what comes in. */
  #seenUpTo = /** @type {number | undefined} */ (undefined);
  #selected = /** @type {number | undefined} */ (undefined);

  /** @param {HTMLElement} scroller @param {(newcomers: number) => void} onRender */
  constructor(scroller, onRender) {
    this.scroller = scroller;
    this.onRender = onRender;
    this.render = perFrame(() => this.#render());
    scroller.append(this.#space);
    scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    new ResizeObserver(() => this.#resized()).observe(scroller);
  }

  get selected() {
    return this.#selected;
  }

  get selectedIndex() {
    return this.#selected === undefined ? -1 : this.indexOf(this.#selected);
  }

  get pageSize() {
    return Math.max(1, Math.floor(this.scroller.clientHeight / this.#rowHeight) - 1);
  }

  get length() {
    return this.#view.length;
  }

  /** The place of an event from the top, or -1. @param {number} id */
  indexOf(id) {
    const index = indexFor(this.#view, id);
    return this.#view[index]?.id === id ? this.#view.length - 1 - index : -1;
  }

  /** @param {number} index from the top */
  idAt(index) {
    return this.#view[this.#view.length - 1 - index]?.id;
  }

  /** Shows the view as it is now, with the same event at the top of the window unless the list follows. @param {readonly EventRecord[]} view */
  update(view) {
    const anchor = this.#seenUpTo === undefined ? undefined : this.idAt(Math.floor(this.#scrollTop / this.#rowHeight));
    const inset = this.#scrollTop % this.#rowHeight;
    // The store goes on changing its own.
    this.#view = view.slice();
    if (anchor === undefined) this.#scrollTo(0);
    else this.#scrollTo((this.#view.length - indexAbove(this.#view, anchor)) * this.#rowHeight + inset);
    this.render();
  }

  /** @param {readonly EventRecord[]} view another filter's */
  reset(view) {
    this.#view = view.slice();
    this.toTop();
    const index = this.selectedIndex;
    if (index < 0) return;
    this.#hold();
    this.reveal(index);
  }

  toTop() {
    this.#seenUpTo = undefined;
    this.#scrollTo(0);
    this.render();
  }

  /** @param {number | undefined} id */
  select(id) {
    this.#selected = id;
    if (id !== undefined) this.#hold();
    else if (this.#scrollTop === 0) this.#seenUpTo = undefined;
    const index = this.selectedIndex;
    if (index >= 0) this.reveal(index);
    this.render();
  }

  /** Scrolls a row into view. @param {number} index from the top */
  reveal(index) {
    const top = index * this.#rowHeight;
    const lowest = top + this.#rowHeight - this.scroller.clientHeight;
    if (top < this.#scrollTop) this.#scrollTo(top);
    else if (lowest > this.#scrollTop) this.#scrollTo(lowest);
    if (this.#scrollTop > 0) this.#hold();
    this.render();
  }

  #hold() {
    this.#seenUpTo ??= this.#view.at(-1)?.id ?? 0;
  }

  #scrolled() {
    const top = this.scroller.scrollTop;
    if (top !== this.#scrollTop) {
      if (top <= 0) this.#seenUpTo = undefined;
      else this.#hold();
    }
    this.#scrollTop = top;
    this.render();
  }

  /** @param {number} top */
  #scrollTo(top) {
    this.#space.style.height = `${this.#view.length * this.#rowHeight}px`;
    if (Math.abs(this.scroller.scrollTop - top) >= 1) this.scroller.scrollTop = top;
    this.#scrollTop = this.scroller.scrollTop;
  }

  #resized() {
    const width = this.scroller.clientWidth;
    if (width === 0) return;
    const fold = width < 620 ? 'two lines' : width < 1000 ? 'some' : 'none';
    this.scroller.closest('.list-side')?.setAttribute('data-fold', fold);
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const rows = this.#scrollTop / this.#rowHeight;
    // Whole pixels: the browser rounds where it scrolls to, and the list would creep.
    this.#rowHeight = Math.round(rem * (fold === 'two lines' ? 4.4 : 2.6));
    this.scroller.style.setProperty('--row-height', `${this.#rowHeight}px`);
    this.#scrollTo(rows * this.#rowHeight);
    if (this.selectedIndex >= 0 && this.#isNear(this.selectedIndex)) this.reveal(this.selectedIndex);
    this.render();
  }

  /** Whether a row is in sight, or was until the list was made narrower. @param {number} index */
  #isNear(index) {
    return Math.abs(index - this.#scrollTop / this.#rowHeight) < 2 * this.pageSize;
  }

  #render() {
    const height = this.scroller.clientHeight;
    if (height === 0) return;
    const first = Math.max(0, Math.floor(this.#scrollTop / this.#rowHeight) - OVERSCAN);
    const last = Math.min(this.#view.length, Math.ceil((this.#scrollTop + height) / this.#rowHeight) + OVERSCAN);
    /** @type {Rows} */
    const rows = new Map();
    for (let index = first; index < last; index++) this.#place(index, rows);
    const selected = this.selectedIndex;
    if (selected >= 0 && (selected < first || selected >= last)) this.#place(selected, rows);
    for (const [id, { element }] of this.#rows) if (rows.get(id)?.element !== element) element.remove();
    this.#rows = rows;
    this.#inOrder();
    if (selected >= 0) this.scroller.setAttribute('aria-activedescendant', `event-${this.#selected}`);
    else this.scroller.removeAttribute('aria-activedescendant');
    this.onRender(this.#newcomers());
  }

  /** @param {number} index from the top @param {Rows} rows */
  #place(index, rows) {
    const { id, event } = this.#view[this.#view.length - 1 - index];
    const known = this.#rows.get(id);
    const row = known?.event === event ? known : { element: eventRow(event), event };
    row.element.style.transform = `translateY(${index * this.#rowHeight}px)`;
    row.element.setAttribute('aria-selected', String(id === this.#selected));
    row.element.setAttribute('aria-posinset', String(index + 1));
    row.element.setAttribute('aria-setsize', String(this.#view.length));
    rows.set(id, row);
  }

  #inOrder() {
    let next = this.#space.firstElementChild;
    for (const { element } of this.#rows.values()) {
      if (element === next) next = next.nextElementSibling;
      else this.#space.insertBefore(element, next);
    }
  }

  #newcomers() {
    // At the top all of them are in sight.
    if (this.#seenUpTo === undefined || this.scroller.scrollTop <= 0) return 0;
    return this.#view.length - indexFor(this.#view, this.#seenUpTo + 1);
  }
}

/** How many records are not newer than the anchor. @param {readonly EventRecord[]} view @param {number} anchor */
function indexAbove(view, anchor) {
  return indexFor(view, anchor + 1);
}
