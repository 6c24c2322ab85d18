// @ts-check
import { classNamesOf } from '../common/class-names.js';
import { copy } from './clipboard.js';
import { attemptsSection, attributesSection, factsSection } from './detail-sections.js';
import { findingsSection } from './findings.js';
import { button, el, foreign } from '../common/dom.js';
import { asJson, asText, clip } from '../common/format.js';
import { request } from '../common/http.js';
import { badge, standing } from '../list/verdict.js';

/** @typedef {import('../common/contract.js').SandboxEvent} SandboxEvent */

const MAX_TITLE = 300;

/** The pane with everything about one event. A shortened preview is replaced by the whole event once it is here. */
export class EventDetail {
  /** @type {SandboxEvent | undefined} */
  #event;
  #body = el('div', { class: 'detail-body', tabindex: 0, role: 'region', 'aria-label': 'Details' });
  #note = el('p', { class: 'muted', role: 'status' });

  /** @param {HTMLElement} pane @param {() => void} onClose */
  constructor(pane, onClose) {
    this.pane = pane;
    this.onClose = onClose;
  }

  get open() {
    return !this.pane.hidden;
  }

  get id() {
    return this.open ? this.#event?.id : undefined;
  }

  /** @param {SandboxEvent} event */
  show(event) {
    if (this.open && this.#event?.id === event.id && this.#event.revision === event.revision) return;
    const sameEvent = this.open && this.#event?.id === event.id;
    if (!event.shortened) this.#draw(event, sameEvent);
    else {
      if (!sameEvent) this.#draw(event, false);
      this.#event = event;
      void this.#load(event);
    }
    this.pane.hidden = false;
  }

  close() {
    this.pane.hidden = true;
    this.#event = undefined;
    this.pane.replaceChildren();
  }

  focus() {
    this.pane.querySelector('button')?.focus();
  }

  /** @param {SandboxEvent} preview */
  async #load(preview) {
    this.#note.textContent = 'Loading the whole event…';
    try {
      const whole = await request('GET', `/api/events/${preview.id}`);
      if (this.#event === preview) this.#draw(whole, true);
    } catch (error) {
      if (this.#event !== preview) return;
      this.#note.textContent = `This is shortened. The whole event cannot be loaded: ${asText(Object(error).message)}`;
    }
  }

  /** @param {SandboxEvent} event @param {boolean} keepPlace */
  #draw(event, keepPlace) {
    const top = keepPlace ? this.#body.scrollTop : 0;
    const focused = keepPlace && this.pane.querySelector('.detail-head')?.contains(document.activeElement);
    const label = focused ? document.activeElement?.getAttribute('data-action') : undefined;
    this.#event = event;
    this.#note.textContent = '';
    this.#body.replaceChildren(
      this.#note,
      findingsSection(event),
      attributesSection(event),
      factsSection(event),
      attemptsSection(event),
    );
    this.pane.replaceChildren(this.#head(event), this.#body);
    this.#body.scrollTop = top;
    if (label) /** @type {HTMLElement | null} */ (this.pane.querySelector(`[data-action="${label}"]`))?.focus();
  }

  /** @param {SandboxEvent} event */
  #head(event) {
    const name = clip(asText(event.eventName), MAX_TITLE) || 'No event name';
    const copyButton = button('Copy as JSON', () => void this.#copy(copyButton), { 'data-action': 'copy' });
    const close = button('', () => this.onClose(), { class: 'close', 'data-action': 'close' });
    close.append(el('span', { class: 'back-narrow' }, '← Back'), el('span', { class: 'back-wide' }, 'Close'));
    const whole = el(
      'a',
      { class: 'button', href: `/api/events/${event.id}`, target: '_blank', rel: 'noopener' },
      'Raw',
    );
    whole.title = 'All that the sandbox knows of this event';
    const actions = el('div', { class: 'detail-actions' }, copyButton, whole, close);
    const title = el('div', { class: 'detail-title' }, el('h2', {}, foreign(name)), ...classNamesOf(event.classNames));
    return el('div', { class: 'detail-head' }, title, badge(standing(event)), actions);
  }

  /** Copies what the app sent. @param {HTMLButtonElement} copyButton */
  async #copy(copyButton) {
    const event = this.#event;
    if (!event) return;
    let said = 'Copied';
    try {
      const whole = event.shortened ? await request('GET', `/api/events/${event.id}`) : event;
      const { userId, anonymousId, eventName, eventTime, eventData } = whole;
      if (!(await copy(asJson({ userId, anonymousId, eventName, eventTime, eventData }, 2)))) said = 'Not copied';
    } catch {
      said = 'Not copied';
    }
    copyButton.textContent = said;
    setTimeout(() => (copyButton.textContent = 'Copy as JSON'), 1500);
  }
}
