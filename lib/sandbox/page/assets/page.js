// @ts-check
// The page's entry: wires the parts together.
import { announcer } from './common/announcer.js';
import { clearDialog, keysDialog } from './common/dialogs.js';
import { byId, setText } from './common/dom.js';
import { emptyState, nothingPasses } from './list/empty-state.js';
import { EventDetail } from './detail/event-detail.js';
import { EventList } from './list/event-list.js';
import { Backlog } from './events/backlog.js';
import { EventStore } from './events/event-store.js';
import { FaultPanel } from './faults/fault-panel.js';
import { FilterBar } from './filters/filter-bar.js';
import { exportPath, isEmpty, matcher, readHash, writeHash } from './filters/filters.js';
import { count, fullTime, plural } from './common/format.js';
import { Inbox } from './events/inbox.js';
import { listKeys } from './list/list-keys.js';
import { QuotaBars } from './quota.js';
import { shortcuts } from './common/shortcuts.js';
import { follow } from './events/stream.js';
import { Tabs } from './common/tabs.js';
import { TypeTable } from './types/type-table.js';

const MOST_EVENTS = 10_000;
const narrow = matchMedia('(max-width: 820px)');

const store = new EventStore(MOST_EVENTS);
const list = new EventList(byId('event-list'), showNewcomers);
const detail = new EventDetail(byId('detail'), closeDetail);
const inbox = new Inbox(takeIn, () => store.capacity);
const filterBar = new FilterBar(store.names, filterChanged);
const tabs = new Tabs(/** @type {HTMLElement} */ (document.querySelector('[role=tablist]')), tabChanged);
const quota = new QuotaBars(byId('quota'));
const faults = new FaultPanel(byId('fault-columns'), showFaultCount);
const types = new TypeTable({
  table: byId('type-table'),
  text: byId('type-text'),
  conflicts: byId('type-conflicts'),
  count: byId('type-count'),
});
const backlog = new Backlog();
const announce = announcer(byId('announcer'));
let tab = 'events';

listKeys(list, { onSelect: (id) => detail.open && !narrow.matches && openDetail(id), onOpen: openDetail });
clearDialog();
byId('newcomers').addEventListener('click', () => {
  list.toTop();
  list.scroller.focus();
});
byId('pause').addEventListener('click', togglePause);
window.addEventListener('hashchange', restore);
narrow.addEventListener('change', guardBehind);
shortcuts({ goToFilter, openKeys: keysDialog(), escape });
restore();
showCounts();
follow({
  onEvents: (events) => {
    backlog.take(events);
    inbox.add(events);
    if (inbox.paused) showCounts();
  },
  onState: showState,
  onCleared: cleared,
  onConnection: (state) => {
    byId('connection').dataset.state = state;
    setText(byId('connection'), state === 'live' ? 'Live' : 'Reconnecting');
  },
});

/** @param {import('./common/contract.js').SandboxEvent[]} events */
function takeIn(events) {
  announce(store.apply(events).filter((event) => !backlog.has(event)));
  list.update(store.view);
  const shown = detail.id === undefined ? undefined : store.get(detail.id);
  if (shown) detail.show(shown);
  filterBar.suggest();
  types.changed();
  showCounts();
}

function cleared() {
  backlog.end();
  inbox.clear();
  store.clear();
  if (detail.open) closeDetail();
  list.select(undefined);
  list.reset(store.view);
  types.changed();
  filterBar.suggest();
  showCounts();
}

/** @param {import('./common/contract.js').SandboxState} state */
function showState(state) {
  backlog.begin(state.counts.remembered);
  store.capacity = Math.min(MOST_EVENTS, state.maxEvents || MOST_EVENTS);
  quota.update(state);
  faults.update(state.faults);
  byId('clock').hidden = !state.clockStopped;
  setText(byId('clock'), `Clock stopped at ${fullTime(state.now)}`);
}

/** @param {number} active */
function showFaultCount(active) {
  byId('fault-count').hidden = active === 0;
  setText(byId('fault-count'), `${active}`);
  byId('fault-count').setAttribute('aria-label', `${active} active`);
}

function filterChanged() {
  store.setFilter(matcher(filterBar.filter));
  list.reset(store.view);
  rememberInAddress();
  showCounts();
}

/** @param {string} name */
function tabChanged(name) {
  tab = name;
  types.shown = name === 'types';
  list.render();
  rememberInAddress();
}

function restore() {
  const { tab: name, filter } = readHash(location.hash);
  filterBar.filter = filter;
  tabs.show(name);
  tabChanged(name);
  filterChanged();
}

function rememberInAddress() {
  const hash = writeHash(tab, filterBar.filter);
  history.replaceState(null, '', hash === '' ? location.pathname : `#${hash}`);
}

function showCounts() {
  const { view, records, problems } = store;
  const filtered = !isEmpty(filterBar.filter);
  const all = plural(records.length, 'event');
  const waiting = inbox.paused && inbox.size > 0 ? `, ${count(inbox.size)} waiting` : '';
  setText(byId('count'), `${filtered ? `${count(view.length)} of ${all}` : all}${waiting}`);
  byId('export').setAttribute('href', exportPath(filterBar.filter));
  showEmpty(records.length === 0 ? 'none' : view.length === 0 ? 'none pass' : '');
  byId('problem-count').hidden = problems === 0;
  setText(byId('problem-count'), count(problems));
  document.title = `${problems > 0 ? `(${count(problems)}) ` : ''}WebEngage sandbox`;
}

/** @param {'none' | 'none pass' | ''} why the list is empty, if it is */
function showEmpty(why) {
  const place = byId('empty');
  place.hidden = why === '';
  if (why === '' || place.dataset.why === why) return;
  place.dataset.why = why;
  place.replaceChildren(...(why === 'none' ? emptyState() : nothingPasses(clearFilter)));
}

/** @param {number} newcomers */
function showNewcomers(newcomers) {
  byId('newcomers').hidden = newcomers === 0;
  setText(byId('newcomers'), `↑ ${plural(newcomers, 'new event')}`);
}

/** @param {number} id */
function openDetail(id) {
  const event = store.get(id);
  if (!event) return;
  const wasOpen = detail.open;
  detail.show(event);
  list.select(id);
  guardBehind();
  if (!wasOpen && narrow.matches) detail.focus();
}

function closeDetail() {
  detail.close();
  guardBehind();
  list.scroller.focus();
}

/** On a narrow screen the detail covers the list: the keyboard must not wander behind it. */
function guardBehind() {
  const covered = detail.open && narrow.matches;
  byId('list-side').inert = covered;
  /** @type {HTMLElement} */ (document.querySelector('.top')).inert = covered;
}

function togglePause() {
  inbox.paused = !inbox.paused;
  byId('pause').setAttribute('aria-pressed', String(inbox.paused));
  setText(byId('pause'), inbox.paused ? 'Resume' : 'Pause');
  showCounts();
}

function goToFilter() {
  if (tab === 'types') return byId('type-text').focus();
  if (tab !== 'events') byId('tab-events').click();
  filterBar.focus();
}

function escape() {
  if (tab !== 'events') return;
  if (detail.open) return closeDetail();
  if (!isEmpty(filterBar.filter)) clearFilter();
  else list.select(undefined);
}

function clearFilter() {
  filterBar.filter = { event: '', user: '', text: '', problems: false };
  filterChanged();
  list.scroller.focus();
}
