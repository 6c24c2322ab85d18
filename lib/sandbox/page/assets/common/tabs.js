// @ts-check

/** Tabs with one stop in the tab order; the arrow keys move between them. */
export class Tabs {
  /** @param {HTMLElement} list @param {(name: string) => void} onChange with the name, as in `tab-<name>` */
  constructor(list, onChange) {
    /** @type {HTMLElement[]} */
    this.tabs = [...list.querySelectorAll('[role=tab]')].filter((tab) => tab instanceof HTMLElement);
    for (const tab of this.tabs) {
      tab.addEventListener('click', () => {
        this.show(nameOf(tab));
        onChange(nameOf(tab));
      });
    }
    list.addEventListener('keydown', (key) => this.#move(key));
  }

  /** @param {string} name */
  show(name) {
    const chosen = this.tabs.find((tab) => nameOf(tab) === name) ?? this.tabs[0];
    for (const tab of this.tabs) {
      tab.setAttribute('aria-selected', String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
      const panel = document.getElementById(tab.getAttribute('aria-controls') ?? '');
      if (panel) panel.hidden = tab !== chosen;
    }
  }

  /** @param {KeyboardEvent} key */
  #move(key) {
    const index = this.tabs.findIndex((tab) => tab === document.activeElement);
    const targets = new Map([
      ['ArrowRight', index + 1],
      ['ArrowLeft', index - 1],
      ['Home', 0],
      ['End', this.tabs.length - 1],
    ]);
    const target = targets.get(key.key);
    if (index < 0 || target === undefined) return;
    key.preventDefault();
    const tab = this.tabs[(target + this.tabs.length) % this.tabs.length];
    tab.focus();
    tab.click();
  }
}

/** @param {HTMLElement} tab */
function nameOf(tab) {
  return tab.id.replace('tab-', '');
}
