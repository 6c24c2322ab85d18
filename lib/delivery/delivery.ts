import type { TrackState } from '../events/track-receipt.js';
import type { Envelope } from './envelope.js';

/**
 * What carries accepted events to WebEngage. `EventsService` knows nothing else of delivery, so that direct,
 * background and durable delivery can stand in for one another.
 */
export interface Delivery {
  /**
   * Answers early whether so much would find room, before it is made.
   *
   * @throws {BufferFullError} when it would not
   */
  checkRoom(events: number, bytes: number): void;

  /**
   * Takes charge of all the envelopes or, by throwing, of none. From its return on each of them is in the ledger as
   * accepted, and ends there as delivered or failed.
   *
   * @returns for each envelope, in order, when and how `track()` resolves
   * @throws {BufferFullError} when they find no room
   */
  accept(envelopes: readonly Envelope[]): Promise<TrackState>[];

  /** Fails what is still pending and frees what the delivery holds. Nothing is accepted from then on. */
  close(): Promise<void>;
}
