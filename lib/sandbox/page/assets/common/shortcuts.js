// @ts-check

/**
 * The keys that work anywhere on the page, but not while the reader types or a dialog is open.
 * @param {{ goToFilter: () => void, openKeys: () => void, escape: () => void }} actions
 */
export function shortcuts({ goToFilter, openKeys, escape }) {
  document.addEventListener('keydown', (key) => {
    if (key.defaultPrevented || key.ctrlKey || key.metaKey || key.altKey) return;
    if (document.querySelector('dialog[open]')) return;
    if (key.key === 'Escape') return escape();
    if (key.target instanceof HTMLElement && key.target.matches('input, select, textarea')) return;
    if (key.key !== '/' && key.key !== '?') return;
    key.preventDefault();
    if (key.key === '/') goToFilter();
    else openKeys();
  });
}
