import type { Call } from '../delivery/call.js';
import type { Cancel } from '../delivery/clock.js';
import type { Failure } from '../delivery/delivery-events.js';
import type { DeliveryTools } from '../delivery/delivery-tools.js';
import { loadOf, type PendingBounds } from '../delivery/pending-bounds.js';
import { ShutDownError } from '../errors/shut-down.error.js';
import { StoreUnavailableError } from '../errors/store-unavailable.error.js';
import type { TrackState } from '../events/track-receipt.js';
import type { WhenUnavailable } from './bullmq-delivery.options.js';
import type { Deferred } from '../common/deferred.js';
import { mayBeDone, redisMessage } from './redis-errors.js';
import type { RedisLog } from './redis-log.js';

/** How many calls are handed over at one time after Redis was away. */
const AT_ONCE = 100;
/** How soon Redis is asked again when it answers, but takes nothing, in milliseconds. */
const ASK_AGAIN = 250;

export interface HandOverOptions {
  readonly enqueueTimeout: number;
  readonly whenUnavailable: WhenUnavailable;
}

/** What stores calls. */
export interface CallStore {
  /** Whether storing can succeed now. */
  readonly isReady: boolean;
  /** Stores a call under its request id, once, however often it is asked to. */
  add(call: Call): Promise<void>;
  /** Takes a call out again, unless somebody has begun with it. */
  remove(call: Call): Promise<unknown>;
}

/** A call on its way to the store. */
interface Parcel {
  readonly call: Call;
  readonly stored: Deferred<TrackState>;
  cancelTimer: Cancel;
  /** The store was asked, and has not answered yet. */
  isUnderWay: boolean;
  /** The store was asked, and did not answer. */
  mayBeStored: boolean;
  lastError: string;
  isGivenUp: boolean;
}

/** Hands calls over to the store, and keeps them while it is away: until their time is up, or until it is back. */
export class HandOver {
  private readonly waiting = new Set<Parcel>();
  private readonly underWay = new Set<Parcel>();
  /** Ids of calls that were given up, but may arrive yet, unless they were taken again since. */
  private readonly unwanted = new Map<string, Parcel>();
  private cancelPump: Cancel | undefined;
  private isPumping = false;
  private isClosed = false;

  constructor(
    private readonly options: HandOverOptions,
    private readonly store: CallStore,
    private readonly bounds: PendingBounds,
    private readonly tools: Pick<DeliveryTools, 'ledger' | 'clock'>,
    private readonly log: RedisLog,
  ) {}

  /** Hands a call over; `stored` is resolved as soon as its events are as safe as they get. */
  take(call: Call, stored: Deferred<TrackState>): void {
    const parcel: Parcel = {
      call,
      stored,
      cancelTimer: this.tools.clock.after(this.options.enqueueTimeout, () => this.expire(parcel)),
      isUnderWay: false,
      mayBeStored: false,
      lastError: 'it cannot be reached',
      isGivenUp: false,
    };
    this.unwanted.delete(call.requestId);
    if (this.isClosed) this.giveUp(parcel, 'shut down');
    else void this.handOver(parcel);
  }

  /** Hands over what waits, as far as the store takes it. */
  async pump(): Promise<void> {
    if (this.isPumping) return;
    this.isPumping = true;
    this.cancelPump?.();
    this.cancelPump = undefined;
    while (this.waiting.size > 0 && this.store.isReady && !this.cancelPump) {
      const parcels = [...this.waiting].slice(0, AT_ONCE);
      for (const parcel of parcels) this.waiting.delete(parcel);
      await Promise.all(parcels.map((parcel) => this.handOver(parcel)));
    }
    this.isPumping = false;
  }

  /** Gives up what was not handed over by now. */
  close(): void {
    this.isClosed = true;
    this.cancelPump?.();
    for (const parcel of [...this.waiting, ...this.underWay]) this.giveUp(parcel, 'shut down');
  }

  private async handOver(parcel: Parcel): Promise<void> {
    if (!this.store.isReady) return this.wait(parcel);
    parcel.isUnderWay = true;
    this.underWay.add(parcel);
    try {
      await this.store.add(parcel.call);
      this.arrived(parcel);
    } catch (error) {
      this.missed(parcel, error);
    }
  }

  private arrived(parcel: Parcel): void {
    this.underWay.delete(parcel);
    if (parcel.isGivenUp) return this.takeBack(parcel);
    parcel.cancelTimer();
    this.log.works();
    this.release(parcel);
    this.tools.ledger.store(parcel.call.envelopes.length);
    parcel.stored.resolve('durable');
  }

  /** It was reported as failed, so it should not be delivered after all. */
  private takeBack(parcel: Parcel): void {
    const { requestId } = parcel.call;
    if (this.unwanted.get(requestId) !== parcel) return;
    this.unwanted.delete(requestId);
    this.store.remove(parcel.call).catch((error: unknown) => this.log.failed(error));
  }

  private missed(parcel: Parcel, error: unknown): void {
    this.underWay.delete(parcel);
    parcel.isUnderWay = false;
    parcel.lastError = redisMessage(error);
    parcel.mayBeStored ||= mayBeDone(error);
    this.log.failed(error);
    if (parcel.isGivenUp) return void this.unwanted.delete(parcel.call.requestId);
    this.wait(parcel);
    this.cancelPump ??= this.tools.clock.after(ASK_AGAIN, () => {
      this.cancelPump = undefined;
      void this.pump();
    });
  }

  private wait(parcel: Parcel): void {
    this.waiting.add(parcel);
  }

  /** Its time is up. */
  private expire(parcel: Parcel): void {
    if (this.options.whenUnavailable === 'memory') parcel.stored.resolve('accepted');
    else this.giveUp(parcel, 'not stored');
  }

  private giveUp(parcel: Parcel, reason: 'not stored' | 'shut down'): void {
    if (parcel.isGivenUp) return;
    const { call, lastError, stored } = parcel;
    const mayBeStored = parcel.mayBeStored || parcel.isUnderWay;
    parcel.isGivenUp = true;
    if (parcel.isUnderWay) this.unwanted.set(call.requestId, parcel);
    parcel.cancelTimer();
    this.waiting.delete(parcel);
    this.release(parcel);
    const within = reason === 'not stored' ? ` within ${this.options.enqueueTimeout} ms` : '';
    const message = `Redis did not take the event${within}: ${lastError}`;
    this.tools.ledger.fail(call.envelopes, failureOf(call, reason, message, mayBeStored));
    const [first] = call.envelopes;
    stored.reject(
      reason === 'shut down'
        ? new ShutDownError()
        : new StoreUnavailableError(first?.requestId ?? call.requestId, message, mayBeStored),
    );
  }

  private release({ call }: Parcel): void {
    this.bounds.pending.remove(loadOf(call.envelopes));
  }
}

function failureOf(call: Call, reason: 'not stored' | 'shut down', message: string, mayBeStored: boolean): Failure {
  const failure = { ...call.failure(reason), message };
  if (!mayBeStored || failure.outcomeUnknown) return failure;
  // A worker may have sent it at any moment since.
  const windowStartedAt = Math.min(...call.envelopes.map(({ acceptedAt }) => acceptedAt));
  return { ...failure, outcomeUnknown: true, windowStartedAt };
}
