import { BufferFullError } from '../errors/buffer-full.error.js';
import type { Envelope } from './envelope.js';

/** How much may be pending at one time. */
export interface PendingLimits {
  readonly maxPending: number;
  readonly maxPendingBytes: number;
}

/** Some events: how many, and the bytes of their JSON. */
export interface Load {
  readonly events: number;
  readonly bytes: number;
}

export function loadOf(envelopes: readonly Envelope[]): Load {
  let bytes = 0;
  for (const envelope of envelopes) bytes += envelope.bytes;
  return { events: envelopes.length, bytes };
}

/** Adds up what comes and goes. */
export class RunningLoad implements Load {
  events = 0;
  bytes = 0;

  add({ events, bytes }: Load): void {
    this.events += events;
    this.bytes += bytes;
  }

  remove({ events, bytes }: Load): void {
    this.events -= events;
    this.bytes -= bytes;
  }
}

/** Keeps what is pending within its bounds, in events and in bytes. */
export class PendingBounds {
  readonly pending = new RunningLoad();

  constructor(private readonly limits: PendingLimits) {}

  /** Throws a BufferFullError if so much more would pass the limits, beside what is pending or what will remain of it. */
  check(more: Load, remaining: Load = this.pending): void {
    const events = remaining.events + more.events;
    const bytes = remaining.bytes + more.bytes;
    const { maxPending, maxPendingBytes } = this.limits;
    if (events > maxPending) throw new BufferFullError('maxPending', maxPending, events);
    if (bytes > maxPendingBytes) throw new BufferFullError('maxPendingBytes', maxPendingBytes, bytes);
  }

  /** Whether more is pending than may be. */
  get isExceeded(): boolean {
    return this.pending.events > this.limits.maxPending || this.pending.bytes > this.limits.maxPendingBytes;
  }
}
