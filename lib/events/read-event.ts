import { describeValue } from '../common/describe-value.js';
import { eventBytesViolation } from './constraints/event-bytes.constraint.js';
import { readEventData } from './constraints/event-data.constraints.js';
import { eventTimeViolations } from './constraints/event-time.constraints.js';
import { limits } from './constraints/limits.js';
import { eventNameViolations } from './constraints/name.constraints.js';
import { userIdentifierViolations, userRequiredViolations } from './constraints/user-identifier.constraints.js';
import { unreadableViolation, violation, type Violation } from './constraints/violation.js';
import type { JsonObject } from './event-data.js';
import { toEventTime } from './event-time.js';

/** An event as WebEngage receives it. */
export interface EventBody {
  readonly userId?: string;
  readonly anonymousId?: string;
  readonly eventName: string;
  readonly eventTime: string;
  readonly eventData?: JsonObject;
}

/** What came of reading what a user gave as an event. The event is to be used only if there are no violations. */
export interface EventReading {
  readonly violations: readonly Violation[];
  readonly body: EventBody;
  /** The body as JSON, and its size in bytes (UTF-8). */
  readonly json: string;
  readonly bytes: number;
  /** Fields that WebEngage does not know; they were left out. */
  readonly unknownFields: readonly string[];
  /** Whether `anonymousId` was left out because `userId` is given too: WebEngage ignores it then. */
  readonly anonymousIdLeftOut: boolean;
}

/** The fields that WebEngage knows of an event. */
export const EVENT_FIELDS = ['userId', 'anonymousId', 'eventName', 'eventTime', 'eventData'] as const;
const KNOWN_FIELDS: ReadonlySet<string> = new Set(EVENT_FIELDS);
type Field = (typeof EVENT_FIELDS)[number];

/** Whether WebEngage knows a field of an event by this name. */
export function isEventField(name: string): boolean {
  return KNOWN_FIELDS.has(name);
}

/**
 * Reads an event once, holds it against every rule, and writes the JSON that goes over the wire. Never throws,
 * whatever it is given.
 *
 * @param acceptedAt stamped as `eventTime` where none is given: late delivery must not move an event. In the
 *   documented format, as `AcceptanceTime` writes it
 * @param findings what is known to be wrong with it already
 */
export function readEvent(
  input: unknown,
  acceptedAt: string | undefined,
  maxEventBytes: number = limits.eventBytes,
  findings: readonly Violation[] = [],
): EventReading {
  const { fields, unreadable, unknownFields, violations } = readFields(input);
  const { userId, anonymousId, eventName, eventTime, eventData } = fields;
  const anonymousIdLeftOut = userId !== undefined && anonymousId !== undefined;

  if (!unreadable.includes('userId') && !unreadable.includes('anonymousId')) {
    violations.push(...userRequiredViolations(userId, anonymousId));
  }
  if (userId !== undefined) violations.push(...userIdentifierViolations(userId, 'userId'));
  if (anonymousId !== undefined) violations.push(...userIdentifierViolations(anonymousId, 'anonymousId'));
  if (!unreadable.includes('eventName')) violations.push(...eventNameViolations(eventName));
  const time = eventTime === undefined ? acceptedAt : toEventTime(eventTime);
  if (eventTime !== undefined && time === undefined) violations.push(...eventTimeViolations(eventTime));
  const attributes = eventData === undefined ? undefined : readEventData(eventData, 'eventData', maxEventBytes);
  if (attributes) violations.push(...attributes.violations);
  violations.push(...findings);

  // JSON leaves out what is undefined. One shape for every event: objects put together by spreading are slow to make.
  const body = {
    userId,
    anonymousId: anonymousIdLeftOut ? undefined : anonymousId,
    eventName,
    eventTime: time,
    eventData: attributes?.data,
  } as EventBody;
  const json = violations.length > 0 ? '' : JSON.stringify(body);
  const bytes = Buffer.byteLength(json);
  if (attributes?.outgrown || bytes > maxEventBytes) {
    violations.push(eventBytesViolation('event', maxEventBytes, attributes?.outgrown ? undefined : bytes));
  }
  return { violations, body, json, bytes, unknownFields, anonymousIdLeftOut };
}

interface FieldsReading {
  readonly fields: Partial<Record<Field, unknown>>;
  /** Fields whose getter threw: nothing more can be said of them. */
  readonly unreadable: readonly Field[];
  readonly unknownFields: readonly string[];
  readonly violations: Violation[];
}

function readFields(input: unknown): FieldsReading {
  const fields: Partial<Record<Field, unknown>> = {};
  const unreadable: Field[] = [];
  const violations: Violation[] = [];
  if (typeof input !== 'object' || input === null) {
    violations.push(violation('event', 'type', `must be an object, but is ${describeValue(input)}`));
    return { fields, unreadable, unknownFields: [], violations };
  }
  for (const field of EVENT_FIELDS) {
    try {
      fields[field] = (input as Record<string, unknown>)[field];
    } catch (error) {
      unreadable.push(field);
      violations.push(unreadableViolation(field, error));
    }
  }
  try {
    return {
      fields,
      unreadable,
      unknownFields: Object.keys(input).filter((key) => !isEventField(key)),
      violations,
    };
  } catch {
    return { fields, unreadable, unknownFields: [], violations };
  }
}
