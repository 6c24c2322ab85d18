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

  /** Takes room for all the envelopes or for none. */
  take(envelopes: readonly Envelope[]): void {
    const events = this.events + envelopes.length;
    const bytes = envelopes.reduce((sum, envelope) => sum + envelope.bytes, this.bytes);
    const { maxPending, maxPendingBytes } = this.limits;
    if (events > maxPending) throw new BufferFullError('maxPending', maxPending, events);
    if (bytes > maxPendingBytes) throw new BufferFullError('maxPendingBytes', maxPendingBytes, bytes);
    this.events = events;
    this.bytes = bytes;
  }

  release(envelope: Envelope): void {
    this.events--;
    this.bytes -= envelope.bytes;
  }
}
