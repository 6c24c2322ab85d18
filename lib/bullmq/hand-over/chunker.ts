import { deferred, type Deferred } from '../../common/deferred.js';
import { BYTES_PER_BULK_CALL, EVENTS_PER_BULK_CALL } from '../../delivery/call.js';
import type { Cancel, Clock } from '../../delivery/clock.js';
import type { Envelope } from '../../delivery/envelope.js';
import type { TrackState } from '../../events/track-receipt.js';

/** What one call is to carry, and whom to tell how far it has come. */
export interface Chunk {
  readonly envelopes: Envelope[];
  readonly stored: Deferred<TrackState>;
}

/** Collects events for a short time, so that they share a call. */
export class Chunker {
  private chunk: Chunk | undefined;
  private bytes = 0;
  private cancelTimer: Cancel = () => undefined;

  constructor(
    private linger: number,
    private readonly clock: Clock,
    private readonly send: (chunk: Chunk) => void,
  ) {}

  /** Adds an event; resolves when its chunk's fate does. */
  add(envelope: Envelope): Promise<TrackState> {
    if (this.chunk && this.bytes + envelope.bytes > BYTES_PER_BULK_CALL) this.flush();
    const chunk = this.chunk ?? this.begin();
    chunk.envelopes.push(envelope);
    this.bytes += envelope.bytes;
    if (chunk.envelopes.length === EVENTS_PER_BULK_CALL) this.flush();
    return chunk.stored.promise;
  }

  /** Sends what was collected, and waits no longer from now on. */
  drain(): void {
    this.linger = 0;
    this.flush();
  }

  /** Sends what was collected. */
  flush(): void {
    this.cancelTimer();
    const { chunk } = this;
    this.chunk = undefined;
    if (chunk) this.send(chunk);
  }

  private begin(): Chunk {
    this.bytes = 0;
    this.cancelTimer = this.clock.after(this.linger, () => this.flush());
    return (this.chunk = { envelopes: [], stored: deferred() });
  }
}
