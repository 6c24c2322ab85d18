import type { Deferred } from '../../common/deferred.js';
import type { Call } from '../../delivery/call.js';
import type { Cancel } from '../../delivery/clock.js';
import type { DeliveryTools } from '../../delivery/delivery-tools.js';
import { loadOf, type PendingBounds } from '../../delivery/pending-bounds.js';
import { StoreUnavailableError } from '../../errors/store-unavailable.error.js';
import type { TrackState } from '../../events/track-receipt.js';
import type { WhenUnavailable } from '../options/bullmq-delivery.options.js';
import { mayBeDone, RedisAwayError, redisMessage } from '../redis/redis-errors.js';
import type { RedisLog } from '../redis/redis-log.js';

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
  /** When the store was asked first, in milliseconds since 1970. */
  askedAt: number | undefined;
  /** The store was asked, and whether it took the call is not known. */
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
      askedAt: undefined,
      mayBeStored: false,
      lastError: new RedisAwayError().message,
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
    if (!this.store.isReady) return void this.waiting.add(parcel);
    parcel.askedAt ??= this.tools.clock.now();
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
    this.tools.ledger.store(parcel.call.envelopes);
    parcel.stored.resolve('durable');
  }

  private missed(parcel: Parcel, error: unknown): void {
    this.underWay.delete(parcel);
    parcel.lastError = redisMessage(error);
    if (mayBeDone(error)) this.loseSight(parcel);
    this.log.failed(error);
    if (parcel.isGivenUp) return void this.forget(parcel);
    this.waiting.add(parcel);
    this.cancelPump ??= this.tools.clock.after(ASK_AGAIN, () => {
      this.cancelPump = undefined;
      void this.pump();
    });
  }

  /** It may be stored, and a worker may have sent it at any moment since. */
  private loseSight(parcel: Parcel): void {
    parcel.mayBeStored = true;
    parcel.call.mayBeSentSince(parcel.askedAt ?? this.tools.clock.now());
  }

  /** Its time is up. */
  private expire(parcel: Parcel): void {
    if (this.options.whenUnavailable === 'memory') parcel.stored.resolve('accepted');
    else this.giveUp(parcel, 'not stored');
  }

  private giveUp(parcel: Parcel, reason: 'not stored' | 'shut down'): void {
    if (parcel.isGivenUp) return;
    parcel.isGivenUp = true;
    parcel.cancelTimer();
    const { call, stored } = parcel;
    if (this.underWay.has(parcel)) {
      this.loseSight(parcel);
      this.unwanted.set(call.requestId, parcel);
    }
    this.waiting.delete(parcel);
    this.release(parcel);
    const time = reason === 'not stored' ? `within ${this.options.enqueueTimeout} ms` : 'before the shutdown';
    const message = `Redis did not take the event ${time}: ${parcel.lastError}`;
    this.tools.ledger.fail(call.envelopes, { ...call.failure(reason), message });
    stored.reject(new StoreUnavailableError(call.requestId, message, parcel.mayBeStored));
  }

  /** It was reported as failed, so it should not be delivered after all. */
  private takeBack(parcel: Parcel): void {
    const { call } = parcel;
    if (this.forget(parcel)) this.store.remove(call).catch((error: unknown) => this.log.failed(error));
  }

  /** It will arrive no more; true unless it was taken again meanwhile. */
  private forget(parcel: Parcel): boolean {
    const { requestId } = parcel.call;
    return this.unwanted.get(requestId) === parcel && this.unwanted.delete(requestId);
  }

  private release({ call }: Parcel): void {
    this.bounds.pending.remove(loadOf(call.envelopes));
  }
}
