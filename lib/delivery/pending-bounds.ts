import { BufferFullError } from '../errors/buffer-full.error.js';
import type { Envelope } from './envelope.js';

/** How much may be pending at one time. */
export interface PendingLimits {
  readonly maxPending: number;
  readonly maxPendingBytes: number;
}

/** Keeps what is pending within its bounds, in events and in bytes. */
export class PendingBounds {
  private events = 0;
  private bytes = 0;

  constructor(private readonly limits: PendingLimits) {}

  /** Throws a BufferFullError if so much more would pass the limits. */
  check(moreEvents: number, moreBytes: number): void {
    const events = this.events + moreEvents;
    const bytes = this.bytes + moreBytes;
    const { maxPending, maxPendingBytes } = this.limits;
    if (events > maxPending) throw new BufferFullError('maxPending', maxPending, events);
    if (bytes > maxPendingBytes) throw new BufferFullError('maxPendingBytes', maxPendingBytes, bytes);
  }

  /** Takes room for all the envelopes or for none. */
  take(envelopes: readonly Envelope[]): void {
    const bytes = envelopes.reduce((sum, envelope) => sum + envelope.bytes, 0);
    this.check(envelopes.length, bytes);
    this.events += envelopes.length;
    this.bytes += bytes;
  }

  release(envelope: Envelope): void {
    this.events--;
    this.bytes -= envelope.bytes;
  }
}
