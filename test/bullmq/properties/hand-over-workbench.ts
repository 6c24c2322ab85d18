import { expect } from '@jest/globals';
import { HandOver } from '../../../lib/bullmq/hand-over/hand-over.js';
import type { WhenUnavailable } from '../../../lib/bullmq/options/bullmq-delivery.options.js';
import { RedisLog } from '../../../lib/bullmq/redis/redis-log.js';
import { deferred } from '../../../lib/common/deferred.js';
import { Call } from '../../../lib/delivery/call.js';
import { DeliveryLog } from '../../../lib/delivery/delivery-log.js';
import { Ledger } from '../../../lib/delivery/ledger.js';
import { loadOf, PendingBounds } from '../../../lib/delivery/pending-bounds.js';
import type { TrackState } from '../../../lib/events/track-receipt.js';
import { envelopes, silentLog } from '../../support/delivery-fakes.js';
import { FakeClock } from '../../support/fake-clock.js';
import { FakeStore, type StoreAnswer } from './fake-store.js';

export const ENQUEUE_TIMEOUT = 1_000;

/** Everything that was promised goes on as far as it can at this moment. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A call that was taken: until when its promise must settle, and how it did. */
interface Taken {
  readonly call: Call;
  readonly until: number;
  state?: TrackState | 'rejected';
  settledAt?: number;
}

/** A hand-over with a store that does as a script says, and a clock that goes as far as it is told. */
export class Workbench {
  readonly clock = new FakeClock();
  readonly bounds = new PendingBounds({ maxPending: Infinity, maxPendingBytes: Infinity });
  readonly ledger = new Ledger(new DeliveryLog(silentLog));
  readonly taken: Taken[] = [];
  /** How often each event was told as failed. */
  readonly failures = new Map<string, number>();
  readonly handOver: HandOver;
  readonly store: FakeStore;

  constructor(script: readonly StoreAnswer[], whenUnavailable: WhenUnavailable) {
    this.store = new FakeStore(this.clock, [...script]);
    const options = { enqueueTimeout: ENQUEUE_TIMEOUT, whenUnavailable };
    this.handOver = new HandOver(options, this.store, this.bounds, this, new RedisLog(silentLog));
    this.ledger.failed$.subscribe(({ requestId }) =>
      this.failures.set(requestId, (this.failures.get(requestId) ?? 0) + 1),
    );
  }

  take(count: number): void {
    const events = envelopes(count);
    this.takeCall(Call.bulk(events, events[0]?.requestId.replaceAll(/[0-4]/g, '5') ?? ''));
  }

  takeCall(call: Call): void {
    const taken: Taken = { call, until: this.clock.elapsed() + ENQUEUE_TIMEOUT };
    const stored = deferred<TrackState>();
    const end = (state: TrackState | 'rejected'): void => {
      taken.state = state;
      taken.settledAt = this.clock.elapsed();
    };
    stored.promise.then(end, () => end('rejected'));
    this.taken.push(taken);
    this.bounds.pending.add(loadOf(call.envelopes));
    this.ledger.accept(call.envelopes.length);
    this.handOver.take(call, stored);
  }

  /** Lets time pass step by step, so that whatever a timer leads to happens at its own time. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.clock.elapsed() + milliseconds;
    await settle();
    while (this.clock.elapsed() + this.clock.nextTimerIn <= end) {
      this.clock.advance(this.clock.nextTimerIn);
      await settle();
    }
    this.clock.advance(end - this.clock.elapsed());
    await settle();
  }

  setReady(isReady: boolean): void {
    this.store.isReady = isReady;
    if (isReady) void this.handOver.pump();
  }

  expectBooksInOrder(): void {
    const { pending } = this.bounds;
    expect(pending.events).toBe(this.ledger.pending);
    expect(pending.events).toBeGreaterThanOrEqual(0);
    for (const { settledAt = this.clock.elapsed(), until } of this.taken) expect(settledAt).toBeLessThanOrEqual(until);
  }
}
