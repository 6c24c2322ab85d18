import type { TrackState } from '../events/track-receipt.js';
import type { MaybePromise } from '../common/maybe-promise.js';
import type { Envelope } from './envelope.js';
import type { Load } from './pending-bounds.js';

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
  checkRoom(load: Load): void;

  /**
   * Takes charge of all the envelopes or, by throwing, of none. From its return on each of them is in the ledger as
   * accepted, and ends there as delivered or failed.
   *
   * @returns for each envelope, in order, how `track()` resolves, or a promise of it
   * @throws {BufferFullError} when they find no room
   */
  accept(envelopes: readonly Envelope[]): readonly MaybePromise<TrackState>[];

  /** The application begins to shut down: what is pending should go as fast as it may. Events still come in. */
  drain(): void;

  /** Fails what is still pending and frees what the delivery holds. Nothing is accepted from then on. */
  close(): Promise<void>;
}
