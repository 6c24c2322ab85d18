import type { TraceContext } from './trace-context.js';

/**
 * An accepted event, frozen: every attempt to deliver it sends the same JSON under the same request id, so that
 * WebEngage can recognise a re-attempt.
 */
export interface Envelope {
  /** 32 random hexadecimal digits, sent as `x-request-id`. */
  readonly requestId: string;
  readonly eventName: string;
  /** The event as WebEngage receives it. */
  readonly json: string;
  /** The size of `json` in bytes. */
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly acceptedAt: number;
  /**
   * When the first attempt was sent, in milliseconds since 1970: set if the event was attempted, and may have been
   * ingested, before it was accepted anew.
   */
  readonly windowStartedAt: number | undefined;
  /** Where its trace goes on; absent where nobody traces. */
  readonly trace?: TraceContext;
}
