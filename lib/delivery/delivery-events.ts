import type { EventBody } from '../events/read-event.js';
import type { Envelope } from './envelope.js';

/** An event that WebEngage answered with `queued`. */
export interface DeliveredEvent {
  readonly event: EventBody;
  /** The event's own id, as its receipt has it; the `x-request-id` under which it was sent, unless it went in bulk. */
  readonly requestId: string;
  /** The `x-request-id` of the bulk call in which it went; absent for an event that was sent by itself. */
  readonly bulkRequestId?: string;
  /** How many times it was sent. */
  readonly attempts: number;
}

/**
 * Why an event was given up:
 * - `refused by WebEngage`: it answered with a status that a re-attempt cannot change (3xx, 4xx);
 * - `attempts exhausted`: every allowed attempt failed;
 * - `retry too late`: WebEngage asked for a longer pause than the delivery waits;
 * - `idempotency window over`: four hours after the first attempt WebEngage would no longer recognise a duplicate;
 * - `dropped from full buffer`: it was the oldest when `overflow: 'drop-oldest'` made room for a new event;
 * - `not stored`: the store of a durable delivery did not take it in time;
 * - `shut down`: the application closed before it could be delivered.
 */
export type FailureReason =
  | 'refused by WebEngage'
  | 'attempts exhausted'
  | 'retry too late'
  | 'idempotency window over'
  | 'dropped from full buffer'
  | 'not stored'
  | 'shut down';

/**
 * An accepted event that will not be delivered. It is plain data: it survives JSON, can be stored, and be given to
 * `EventsService.retry()` later.
 */
export interface FailedEvent {
  readonly event: EventBody;
  /** The event's own id, as its receipt has it; the `x-request-id` under which it was sent, unless it went in bulk. */
  readonly requestId: string;
  /** The `x-request-id` of the bulk call in which it was sent last; absent for an event that was sent by itself. */
  readonly bulkRequestId?: string;
  readonly reason: FailureReason;
  /** What happened last, in words: WebEngage's own, where it answered. */
  readonly message: string;
  /** WebEngage's last status; undefined when the last attempt got no answer, or there was none. */
  readonly status?: number;
  /** How many times it was sent. */
  readonly attempts: number;
  /** Whether WebEngage may have ingested it: some attempt ended without a definite answer. */
  readonly outcomeUnknown: boolean;
  /** When it was accepted, in milliseconds since 1970. */
  readonly acceptedAt: number;
  /**
   * When the first attempt was sent, in milliseconds since 1970. For four hours from then on WebEngage recognises a
   * re-attempt. Absent if it was never sent, or if WebEngage ingested nothing of it for certain.
   */
  readonly windowStartedAt?: number;
}

/** What the last attempt adds to an event that failed. */
export type Failure = Pick<
  FailedEvent,
  'reason' | 'message' | 'status' | 'attempts' | 'outcomeUnknown' | 'windowStartedAt' | 'bulkRequestId'
>;

/** What a delivery adds to an event that arrived. */
export type Success = Pick<DeliveredEvent, 'attempts' | 'bulkRequestId'>;

export function toDeliveredEvent(envelope: Envelope, success: Success): DeliveredEvent {
  return { event: eventOf(envelope), requestId: envelope.requestId, ...success };
}

export function toFailedEvent(envelope: Envelope, failure: Failure): FailedEvent {
  const { requestId, acceptedAt } = envelope;
  return { event: eventOf(envelope), requestId, acceptedAt, ...failure };
}

function eventOf({ json }: Envelope): EventBody {
  return JSON.parse(json) as EventBody;
}
