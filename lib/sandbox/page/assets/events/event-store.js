// @ts-check
import { searchText, userText } from './event-text.js';
import { asText } from '../common/format.js';
import { Tally } from './tally.js';
import { isProblem, isTakenIn } from '../list/verdict.js';

/** @typedef {import('../common/contract.js').SandboxEvent} SandboxEvent */

/**
 * An event with what the filters look at, worked out once.
 * @typedef {object} EventRecord
 * @property {number} id
 * @property {SandboxEvent} event
 * @property {string} name in lower case
 * @property {string} user in lower case
 * @property {string} text in lower case
 * @property {boolean} problem
 * @property {boolean} takenIn
 * @property {boolean} shown whether the filter lets it through
 */

/** The events that the page remembers, oldest first, and the view of those that pass the filter. */
export class EventStore {
  /** @type {EventRecord[]} */
  records = [];
  /** @type {EventRecord[]} */
  view = [];
  problems = 0;
  names = new Tally();
  users = new Tally();
  /** How many were refused, and how many were taken in: a storm of the one must not push out the other. */
  #sizes = [0, 0];
  /** @type {Map<number, EventRecord>} */
  #byId = new Map();
  /** @type {(record: EventRecord) => boolean} */
  #matches = () => true;

  /** @param {number} capacity events that were taken in, and as many that were not */
  constructor(capacity) {
    this.capacity = capacity;
  }

  /** @param {number} id */
  get(id) {
    return this.#byId.get(id)?.event;
  }

  /** @param {(record: EventRecord) => boolean} matches */
  setFilter(matches) {
    this.#matches = matches;
    for (const record of this.records) record.shown = matches(record);
    this.#rebuildView();
  }

  /**
   * Takes in new and changed events. @param {SandboxEvent[]} events
   * @returns {SandboxEvent[]} those that have just become a problem
   */
  apply(events) {
    let rebuild = false;
    const newProblems = [];
    for (const event of events) {
      const known = this.#byId.get(event.id);
      if (known && known.event.revision > event.revision) continue;
      if (isProblem(event) && !known?.problem) newProblems.push(event);
      rebuild = (known ? this.#change(known, event) : this.#insert(event)) || rebuild;
    }
    this.#forgetOldest();
    if (rebuild) this.#rebuildView();
    return newProblems;
  }

  clear() {
    this.records = [];
    this.view = [];
    this.problems = 0;
    this.#sizes = [0, 0];
    this.#byId.clear();
    this.names.clear();
    this.users.clear();
  }

  /** @param {SandboxEvent} event @returns {boolean} whether the view must be built anew */
  #insert(event) {
    const record = this.#record(event);
    const newest = this.records.at(-1);
    this.#byId.set(record.id, record);
    this.#count(record, 1);
    if (!newest || newest.id < record.id) {
      this.records.push(record);
      if (record.shown) this.view.push(record);
      return false;
    }
    this.records.splice(indexFor(this.records, record.id), 0, record);
    return true;
  }

  /** @param {EventRecord} known @param {SandboxEvent} event */
  #change(known, event) {
    const wasShown = known.shown;
    this.#count(known, -1);
    Object.assign(known, this.#record(event));
    this.#count(known, 1);
    return wasShown !== known.shown;
  }

  /** @param {SandboxEvent} event @returns {EventRecord} */
  #record(event) {
    const record = {
      id: event.id,
      event,
      name: asText(event.eventName).toLowerCase(),
      user: userText(event).toLowerCase(),
      text: searchText(event),
      problem: isProblem(event),
      takenIn: isTakenIn(event),
      shown: true,
    };
    record.shown = this.#matches(record);
    return record;
  }

  #forgetOldest() {
    const surplus = new Map([true, false].map((takenIn) => [takenIn, this.#sizes[+takenIn] - this.capacity]));
    if (Math.max(...surplus.values()) <= 0) return;
    this.records = this.records.filter((record) => {
      const left = surplus.get(record.takenIn) ?? 0;
      if (left <= 0) return true;
      surplus.set(record.takenIn, left - 1);
      this.#byId.delete(record.id);
      this.#count(record, -1);
      return false;
    });
    this.view = this.view.filter(({ id }) => this.#byId.has(id));
  }

  #rebuildView() {
    this.view = this.records.filter((record) => record.shown);
  }

  /** @param {EventRecord} record @param {1 | -1} by */
  #count(record, by) {
    if (record.problem) this.problems += by;
    this.#sizes[+record.takenIn] += by;
    this.names.add(asText(record.event.eventName), by);
    this.users.add(asText(record.event.userId ?? record.event.anonymousId), by);
  }
}

/** The index of the first record whose id is not below `id`. @param {readonly EventRecord[]} records oldest first @param {number} id */
export function indexFor(records, id) {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (records[middle].id < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
