import { EventCatalog } from '../../../lib/catalog/event-catalog.js';
import { readEvent } from '../../../lib/events/read-event.js';
import { EventValidationError, type EventType, type Violation } from 'nestjs-webengage';
import { LineLog } from '../../support/delivery-fakes.js';

const ACCEPTED_AT = '2026-01-01T00:00:00+0000';
const MAX_EVENT_BYTES = 1_048_576;

/** What became of values: the attributes as they go over the wire, or what is wrong with them. */
export interface ReadValues {
  readonly eventName: string | undefined;
  readonly attributes: unknown;
  readonly violations: readonly Violation[];
  /** `eventData["Price"] required`, for each violation. */
  readonly broken: readonly string[];
  readonly lines: readonly string[];
}

/** Reads values of an event class as `track(eventClass, { eventData })` does. */
export function readValues(eventClass: EventType, eventData?: unknown): ReadValues {
  return read((catalog) =>
    catalog.ofClass(eventClass, { userId: '1', ...(eventData === undefined ? {} : { eventData }) }),
  );
}

/** Reads an instance as `track(instance, subject)` does. */
export function readInstance(instance: unknown, subject: unknown = { userId: '1' }): ReadValues {
  return read((catalog) => catalog.ofInstance(instance, subject));
}

function read(make: (catalog: EventCatalog) => ReturnType<EventCatalog['ofClass']>): ReadValues {
  const log = new LineLog();
  const catalog = new EventCatalog(MAX_EVENT_BYTES, { fix: () => undefined }, log);
  try {
    const { event, findings } = make(catalog);
    const { violations, json, body } = readEvent(event, ACCEPTED_AT, MAX_EVENT_BYTES, findings);
    const attributes = violations.length > 0 ? undefined : (JSON.parse(json) as { eventData: unknown }).eventData;
    return { ...outcome(violations, log), eventName: body.eventName, attributes };
  } catch (error) {
    if (!(error instanceof EventValidationError)) throw error;
    return { ...outcome(error.violations, log), eventName: error.eventName, attributes: undefined };
  }
}

function outcome(violations: readonly Violation[], { lines }: LineLog) {
  return { violations, broken: violations.map(({ path, rule }) => `${path} ${rule}`), lines };
}
