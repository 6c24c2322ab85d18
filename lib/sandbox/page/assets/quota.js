// @ts-check
import { el, setText } from './common/dom.js';
import { clip, count } from './common/format.js';

/** @typedef {import('./common/contract.js').SandboxState} SandboxState */
/** @typedef {import('./common/contract.js').QuotaUse} QuotaUse */

const HIGH = 0.8;

/** How much of this minute's quota is used, as two bars. */
export class QuotaBars {
  #single = meter('single', 'Single calls');
  #bulk = meter('bulk', 'Bulk calls');
  #accounts = el('select', { 'aria-label': 'Account', hidden: true });
  #chosen = '';
  /** @type {SandboxState | undefined} */
  #state;
  #stateAt = 0;
  #known = '';

  /** @param {HTMLElement} place */
  constructor(place) {
    place.append(this.#accounts, this.#single.element, this.#bulk.element);
    this.#accounts.addEventListener('change', () => {
      this.#chosen = this.#accounts.value;
      this.#draw();
    });
    // A minute that runs out without a call is no change that the sandbox would report.
    setInterval(() => this.#draw(), 1000);
  }

  /** @param {SandboxState} state */
  update(state) {
    this.#state = state;
    this.#stateAt = performance.now();
    const codes = state.quota.map((account) => account.licenseCode).sort();
    const known = JSON.stringify(codes);
    if (known !== this.#known) {
      this.#known = known;
      const options = codes.map((code) => el('option', { value: code }, clip(code, 40)));
      this.#accounts.replaceChildren(el('option', { value: '' }, 'Last used'), ...options);
      this.#accounts.value = codes.includes(this.#chosen) ? this.#chosen : (this.#chosen = '');
      this.#accounts.hidden = codes.length < 2;
    }
    this.#draw();
  }

  #draw() {
    const state = this.#state;
    if (!state) return;
    const account = state.quota.find(({ licenseCode }) => licenseCode === this.#chosen) ?? state.quota[0];
    const now = state.now + (state.clockStopped ? 0 : performance.now() - this.#stateAt);
    this.#single.draw(account?.single, now);
    this.#bulk.draw(account?.bulk, now);
  }
}

/** @param {'single' | 'bulk'} kind @param {string} label */
function meter(kind, label) {
  const numbers = el('span', {}, '–');
  const bar = el('div', { class: 'bar' });
  const text = el('div', { class: 'meter-text', 'aria-hidden': 'true' }, el('span', {}, label), numbers);
  const role = { role: 'meter', 'aria-label': label, 'aria-valuemin': 0, 'data-testid': `quota-${kind}` };
  const element = el('div', { class: 'meter', ...role }, text, el('div', { class: 'track' }, bar));
  bar.style.width = '0';

  /** @param {QuotaUse | undefined} use @param {number} now */
  function draw(use, now) {
    const used = use && now < use.resetsAt ? use.used : 0;
    const share = use && use.limit > 0 ? Math.min(1, used / use.limit) : 0;
    const level = share >= 1 ? 'full' : share >= HIGH ? 'high' : 'normal';
    setText(numbers, `${level === 'normal' ? '' : '⚠ '}${use ? `${count(used)} / ${count(use.limit)}` : '–'}`);
    bar.style.width = `${share * 100}%`;
    element.dataset.level = level;
    element.title = `${label} used in this minute`;
    element.setAttribute('aria-valuenow', String(used));
    element.setAttribute('aria-valuemax', String(use?.limit ?? 0));
    const warning = level === 'full' ? ': all used, further calls get 429' : level === 'high' ? ': nearly used up' : '';
    element.setAttribute(
      'aria-valuetext',
      use ? `${used} of ${use.limit} used in this minute${warning}` : 'no call yet',
    );
  }
  return { element, draw };
}
