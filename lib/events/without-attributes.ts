import { setOwn } from './constraints/set-own.js';
import type { JsonObject } from './event-data.js';
import type { EventReading } from './read-event.js';

/** An event as it is without some of its attributes. */
export function withoutAttributes(
  reading: EventReading,
  leftOut: readonly { readonly attribute: string }[],
): EventReading {
  const names = new Set(leftOut.map(({ attribute }) => attribute));
  const eventData: JsonObject = {};
  for (const [name, value] of Object.entries(reading.body.eventData ?? {})) {
    if (!names.has(name)) setOwn(eventData, name, value);
  }
  const body = { ...reading.body, eventData };
  const json = JSON.stringify(body);
  return { ...reading, body, json, bytes: Buffer.byteLength(json) };
}
