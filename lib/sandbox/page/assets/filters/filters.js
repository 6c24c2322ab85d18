// @ts-check
/** @typedef {import('../common/contract.js').Filter} Filter */
/** @typedef {import('../events/event-store.js').EventRecord} EventRecord */

/** Matches parts of names and texts, whatever their case. @param {Filter} filter @returns {(record: EventRecord) => boolean} */
export function matcher(filter) {
  const event = filter.event.toLowerCase();
  const user = filter.user.toLowerCase();
  const text = filter.text.toLowerCase();
  return (record) =>
    (!filter.problems || record.problem) &&
    (event === '' || record.name.includes(event)) &&
    (user === '' || record.user.includes(user)) &&
    (text === '' || record.text.includes(text));
}

/** @param {Filter} filter */
export function isEmpty(filter) {
  return filter.event === '' && filter.user === '' && filter.text === '' && !filter.problems;
}

/** The address of an export of what passes. @param {Filter} filter */
export function exportPath({ event, user, text, problems }) {
  const query = new URLSearchParams();
  const given = { eventContains: event, userContains: user, text, problems: problems ? 'true' : '' };
  for (const [name, value] of Object.entries(given)) if (value !== '') query.set(name, value);
  const written = query.toString();
  return written === '' ? '/api/events.jsonl' : `/api/events.jsonl?${written}`;
}

/** What the address's hash says: the view and the filter. @param {string} hash @returns {{ tab: string, filter: Filter }} */
export function readHash(hash) {
  const query = new URLSearchParams(hash.replace(/^#/, ''));
  const text = (/** @type {string} */ name) => query.get(name) ?? '';
  const filter = { event: text('event'), user: text('user'), text: text('text'), problems: query.has('problems') };
  return { tab: text('tab') || 'events', filter };
}

/** @param {string} tab @param {Filter} filter */
export function writeHash(tab, filter) {
  const query = new URLSearchParams();
  if (tab !== 'events') query.set('tab', tab);
  for (const [name, value] of Object.entries(filter)) {
    if (typeof value === 'string' && value !== '') query.set(name, value);
  }
  if (filter.problems) query.set('problems', '1');
  return query.toString();
}
