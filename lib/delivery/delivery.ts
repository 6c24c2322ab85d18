import type { TrackState } from '../events/track-receipt.js';
import type { MaybePromise } from '../common/maybe-promise.js';
import type { DeliveryTools } from './delivery-tools.js';
import type { Envelope } from './envelope.js';
import type { FailedCalls } from './failed-calls.js';
import type { Load } from './pending-bounds.js';

/** Makes a delivery when the application boots, whatever the options' `delivery` was given for. */
export type DeliveryFactory = (tools: DeliveryTools) => MaybePromise<Delivery>;

/**
 * What carries accepted events to WebEngage. `EventsService` knows nothing else of delivery, so that direct,
 * background and durable delivery, or one of your own, can stand in for one another.
 */
export interface Delivery {
  /** How long a shutdown waits for what is pending, in milliseconds. Default: 10,000. */
  readonly shutdownTimeout?: number;

  /** The failed calls that the delivery keeps, for `FailedEvents`. Absent: it keeps none. */
  readonly failedCalls?: FailedCalls;

  /** The application has booted: whoever wants to hear of outcomes has subscribed by now. */
  start?(): void;

  /**
   * Answers early whether so much would find room, before it is made.
   *
   * @throws {BufferFullError} when it would not
   */
  checkRoom(load: Load): void;

  /**
   * Takes charge of all the envelopes or, by throwing, of none. From its return on each of them is in the ledger as
   * accepted, and ends there as delivered or failed, or as stored outside this process.
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
