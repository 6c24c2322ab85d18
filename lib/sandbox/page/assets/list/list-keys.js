// @ts-check
/** @typedef {import('./event-list.js').EventList} EventList */

/**
 * Arrows, Home, End and the page keys move the selection; Enter and Space open it.
 * @param {EventList} list
 * @param {{ onSelect: (id: number) => void, onOpen: (id: number) => void }} handlers
 */
export function listKeys(list, { onSelect, onOpen }) {
  list.scroller.addEventListener('keydown', (key) => {
    if (key.ctrlKey || key.metaKey || key.altKey) return;
    if ((key.key === 'Enter' || key.key === ' ') && list.selectedIndex >= 0) {
      key.preventDefault();
      onOpen(/** @type {number} */ (list.selected));
      return;
    }
    const target = targetOf(key.key, list);
    if (target === undefined || list.length === 0) return;
    key.preventDefault();
    const id = list.idAt(Math.min(list.length - 1, Math.max(0, target)));
    list.select(id);
    onSelect(id);
  });
  list.scroller.addEventListener('click', (click) => {
    const row = click.target instanceof Element ? click.target.closest('[data-id]') : undefined;
    if (row instanceof HTMLElement) onOpen(Number(row.dataset.id));
  });
}

/** @param {string} key @param {EventList} list @returns {number | undefined} the index from the top */
function targetOf(key, list) {
  const index = list.selectedIndex;
  switch (key) {
    case 'ArrowDown':
      return index + 1;
    case 'ArrowUp':
      return index < 0 ? 0 : index - 1;
    case 'PageDown':
      return Math.max(0, index) + list.pageSize;
    case 'PageUp':
      return index - list.pageSize;
    case 'Home':
      return 0;
    case 'End':
      return list.length - 1;
    default:
      return undefined;
  }
}
