import { deferred } from '../common/deferred.js';
import { waitAtMost } from '../common/wait-at-most.js';
import { Call } from '../delivery/call.js';
import type { DeliveryTools } from '../delivery/delivery-tools.js';
import type { Delivery } from '../delivery/delivery.js';
import type { Envelope } from '../delivery/envelope.js';
import type { FailedCalls } from '../delivery/failed-calls.js';
import { type Load, loadOf, type PendingBounds } from '../delivery/pending-bounds.js';
import { DeliveryRoleError } from '../errors/delivery-role.error.js';
import { StoreUnavailableError } from '../errors/store-unavailable.error.js';
import type { TrackState } from '../events/track-receipt.js';
import type { CallQueue } from './calls/call-queue.js';
import { Chunker } from './hand-over/chunker.js';
import type { HandOver } from './hand-over/hand-over.js';
import type { ResolvedBullMqOptions } from './options/resolve-bullmq-options.js';
import type { RedisConnections } from './redis/redis-connections.js';
import type { CallLane } from './worker/call-lane.js';

export interface BullMqDeliveryParts {
  readonly bounds: PendingBounds;
  readonly handOver: HandOver;
  readonly failedCalls: FailedCalls;
  readonly queues: readonly CallQueue[];
  /** None where the role is `producer`. */
  readonly lanes: readonly CallLane[];
  readonly connections: RedisConnections;
}

/** Stores each call in Redis, where `track()` is done with its events, and delivers what any process stored. */
export class BullMqDelivery implements Delivery {
  readonly shutdownTimeout: number;
  readonly failedCalls: FailedCalls;
  // Private to the runtime: what leads to Redis leads to its password.
  readonly #parts: BullMqDeliveryParts;
  private readonly chunker: Chunker;

  constructor(
    private readonly options: Pick<ResolvedBullMqOptions, 'role' | 'bulk' | 'linger' | 'shutdownTimeout'>,
    private readonly tools: Pick<DeliveryTools, 'sender' | 'ledger' | 'requestIds' | 'clock'>,
    parts: BullMqDeliveryParts,
  ) {
    this.#parts = parts;
    this.shutdownTimeout = options.shutdownTimeout;
    this.failedCalls = parts.failedCalls;
    this.chunker = new Chunker(options.linger, tools.clock, ({ envelopes, stored }) =>
      parts.handOver.take(this.callOf(envelopes), stored),
    );
  }

  start(): void {
    try {
      for (const { worker } of this.#parts.lanes) worker.start();
    } catch (error) {
      // The application does not boot then, and nobody is left to close them.
      this.#parts.connections.close();
      throw error;
    }
  }

  checkRoom(load: Load): void {
    if (this.options.role === 'worker') throw new DeliveryRoleError();
    this.#parts.bounds.check(load);
  }

  accept(envelopes: readonly Envelope[]): Promise<TrackState>[] {
    const load = loadOf(envelopes);
    this.checkRoom(load);
    this.#parts.bounds.pending.add(load);
    this.tools.ledger.accept(envelopes);
    return envelopes.map((envelope) => this.take(envelope));
  }

  drain(): void {
    this.chunker.drain();
    for (const { worker } of this.#parts.lanes) worker.pause();
  }

  async close(): Promise<void> {
    const { connections, handOver, lanes, queues } = this.#parts;
    this.chunker.flush();
    handOver.close();
    for (const { attempts } of lanes) attempts.stop();
    this.tools.sender.close();
    // All of it together takes as long as one wait may: what Redis does not answer by then is left to other processes.
    const deadline = this.tools.clock.elapsed() + this.shutdownTimeout;
    const timeLeft = (): number => Math.max(0, deadline - this.tools.clock.elapsed());
    await Promise.all(lanes.map(({ hold }) => waitAtMost(hold.stop(), timeLeft(), () => undefined)));
    await Promise.allSettled(lanes.map(({ worker }) => worker.close(timeLeft())));
    await Promise.allSettled(queues.map((queue) => waitAtMost(queue.close(), timeLeft(), () => undefined)));
    connections.close();
  }

  private take(envelope: Envelope): Promise<TrackState> {
    // What may have been ingested under its own id must be sent again under it.
    if (this.options.bulk === 'always' && envelope.windowStartedAt === undefined) {
      return this.chunker.add(envelope).catch((error: Error) => {
        throw errorOf(envelope, error);
      });
    }
    const stored = deferred<TrackState>();
    this.#parts.handOver.take(Call.single(envelope), stored);
    return stored.promise;
  }

  private callOf(envelopes: readonly Envelope[]): Call {
    const [first, another] = envelopes;
    // A single call has the larger quota, and its re-attempts are recognised for certain.
    const isAlone = first !== undefined && another === undefined;
    return isAlone ? Call.single(first) : Call.bulk(envelopes, this.tools.requestIds.next());
  }
}

/** A chunk fails for all its events at once; each of them has an id of its own. */
function errorOf({ requestId }: Envelope, error: Error): Error {
  if (!(error instanceof StoreUnavailableError)) return error;
  return new StoreUnavailableError(requestId, error.message, error.mayBeStored);
}
