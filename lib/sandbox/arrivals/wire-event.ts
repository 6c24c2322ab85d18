import type { JsonValue } from '../../events/event-data.js';

/** An event in the shape without which WebEngage answers 400. */
export interface WireEvent {
  readonly userId?: string;
  readonly anonymousId?: string;
  readonly eventName: string;
  readonly eventTime?: unknown;
  readonly eventData?: Readonly<Record<string, JsonValue | null>>;
}

export const MAX_BULK_EVENTS = 25;

/** A call that WebEngage answers with 400, in its words where they are documented. */
export class InvalidParameters extends Error {
  /** Of a bulk call the event that is wrong, by its index. */
  culprit: number | undefined;
}

export function readSingle(body: unknown): WireEvent {
  if (!isObject(body)) throw new InvalidParameters('Error: the body must be a JSON object.');
  const { userId, anonymousId, eventName, eventData } = body;
  for (const [field, value] of Object.entries({ userId, anonymousId })) {
    if (value !== undefined && typeof value !== 'string')
      throw new InvalidParameters(`Error: ${field} must be a String.`);
  }
  if (!isText(userId) && !isText(anonymousId)) {
    throw new InvalidParameters('Error: userId and anonymousId cannot be empty.');
  }
  if (!isText(eventName)) throw new InvalidParameters('Error: eventName cannot be empty.');
  if (eventData !== undefined && !isObject(eventData)) {
    throw new InvalidParameters('Error: eventData must be a JSON object.');
  }
  return body as unknown as WireEvent;
}

export function readBulk(body: unknown): WireEvent[] {
  const events = isObject(body) ? body.events : undefined;
  if (!Array.isArray(events) || events.length === 0) {
    throw new InvalidParameters('Error: events must be a JSON array that is not empty.');
  }
  if (events.length > MAX_BULK_EVENTS) {
    throw new InvalidParameters(
      `Error: at most ${MAX_BULK_EVENTS} events are allowed, but there are ${events.length}.`,
    );
  }
  return events.map(readOneOfMany);
}

function readOneOfMany(event: unknown, index: number): WireEvent {
  try {
    return readSingle(event);
  } catch (error) {
    if (error instanceof InvalidParameters) error.culprit = index;
    throw error;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
