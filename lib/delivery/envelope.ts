import { randomBytes } from 'node:crypto';

const REQUEST_ID_BYTES = 16;
const REQUEST_ID = /^[0-9a-f]{32}$/;

/**
 * An accepted event, frozen: every attempt to deliver it sends the same JSON under the same request id, so that
 * WebEngage can recognise a re-attempt.
 */
export interface Envelope {
  /** 32 random hexadecimal digits, sent as `x-request-id`. */
  readonly requestId: string;
  readonly eventName: string;
  /** The body of the call. */
  readonly json: string;
  /** The size of `json` in bytes. */
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly acceptedAt: number;
  /**
   * When the first attempt was sent, in milliseconds since 1970: set if the event was attempted, and may have been
   * ingested, before it was accepted anew.
   */
  readonly windowStartedAt?: number;
}

/** Whether a String can be a request id that this library gave. */
export function isRequestId(text: string): boolean {
  return REQUEST_ID.test(text);
}

/** A new `x-request-id`. */
export function createRequestId(): string {
  return randomBytes(REQUEST_ID_BYTES).toString('hex');
}
