import { type Observable, Subject } from 'rxjs';
import { deferred } from '../common/deferred.js';
import { waitAtMost } from '../common/wait-at-most.js';
import type { DeliveryLog } from './delivery-log.js';
import {
  type DeliveredEvent,
  type FailedEvent,
  type Failure,
  type FailureReason,
  type Success,
  toDeliveredEvent,
  toFailedEvent,
} from './delivery-events.js';
import type { Envelope } from './envelope.js';
import { PendingAges } from './health/pending-ages.js';

/**
 * What became of all events so far. At every moment `accepted = delivered + failed + pending`. Where a delivery stores
 * events outside this process, they leave its books there, and enter the books of the process that fetches them:
 * `accepted + fetched = delivered + failed + stored + pending`.
 */
export interface DeliveryStats {
  /** Events that were checked, frozen and taken for delivery. */
  readonly accepted: number;
  /** Accepted events that WebEngage answered with `queued`. */
  readonly delivered: number;
  /** Accepted events that were given up; each was reported on `failed$`. */
  readonly failed: number;
  /** Events that were handed to a store outside this process, each time that they were; 0 with delivery from memory. */
  readonly stored: number;
  /** Events that were taken from such a store, each time that they were. */
  readonly fetched: number;
  /** Events in this process whose outcome is open. */
  readonly pending: number;
  /** Events that were not accepted: they break a rule, found no room or came after the shutdown, or a mapper failed. */
  readonly refused: number;
  /** Events that nobody wanted: no user, `when` said no, `beforeSend` dropped it, or `enabled: false`. */
  readonly skipped: number;
  /** Events of `@TrackEvent()` that wait for a mapper's promise. */
  readonly evaluating: number;
  /**
   * Attributes that came with another data type than they have, or as the 26th of their type, whatever `onTypeConflict`
   * made of them and their events.
   */
  readonly typeConflicts: number;
}

const MAX_REFUSALS = 10;

/** Counts what becomes of every event and tells those who listen. */
export class Ledger {
  readonly delivered$: Observable<DeliveredEvent>;
  readonly failed$: Observable<FailedEvent>;
  /** Why events were refused: the last ten reasons. */
  readonly refusals: string[] = [];
  /** How many events were given up, by the reason. */
  readonly failedByReason: Partial<Record<FailureReason, number>> = {};
  /** When WebEngage last took an event, in milliseconds since 1970. */
  lastDeliveredAt: number | undefined;

  private readonly deliveredEvents = new Subject<DeliveredEvent>();
  private readonly failedEvents = new Subject<FailedEvent>();
  private readonly counts = {
    accepted: 0,
    fetched: 0,
    delivered: 0,
    failed: 0,
    stored: 0,
    refused: 0,
    skipped: 0,
    evaluating: 0,
    typeConflicts: 0,
  };
  private readonly ages = new PendingAges();
  private readonly idleListeners = new Set<() => void>();

  constructor(private readonly log: DeliveryLog) {
    this.delivered$ = this.deliveredEvents.asObservable();
    this.failed$ = this.failedEvents.asObservable();
  }

  stats(): DeliveryStats {
    return { ...this.counts, pending: this.pending };
  }

  get pending(): number {
    const { accepted, fetched, delivered, failed, stored } = this.counts;
    return accepted + fetched - delivered - failed - stored;
  }

  /** Whether every event in this process has its outcome and no event waits for a mapper's promise. */
  get isIdle(): boolean {
    return this.pending === 0 && this.counts.evaluating === 0;
  }

  /** When the oldest pending event was accepted, in milliseconds since 1970; unknown of events that were only counted. */
  get oldestPendingAt(): number | undefined {
    return this.ages.oldest;
  }

  /** @param events the events, or how many they are */
  accept(events: number | readonly Envelope[]): void {
    this.counts.accepted += this.enter(events);
  }

  /** Events were handed to a store outside this process: what becomes of them is no longer its business. */
  store(events: number | readonly Envelope[]): void {
    if (typeof events !== 'number') this.ages.remove(events);
    this.counts.stored += countOf(events);
    this.announceIdle();
  }

  /** Events were taken from such a store. */
  fetch(events: number | readonly Envelope[]): void {
    this.counts.fetched += this.enter(events);
  }

  /** @param reason why, in words */
  refuse(events: number, reason?: string): void {
    this.counts.refused += events;
    if (reason !== undefined) this.refusals.push(reason);
    if (this.refusals.length > MAX_REFUSALS) this.refusals.shift();
  }

  skip(events: number): void {
    this.counts.skipped += events;
  }

  conflict(attributes: number): void {
    this.counts.typeConflicts += attributes;
  }

  // All are counted before the first is told: whoever hears of one finds the books in order.
  deliver(envelopes: readonly Envelope[], success: Success): void {
    this.counts.delivered += envelopes.length;
    this.ages.remove(envelopes);
    this.lastDeliveredAt = Date.now();
    this.log.delivered(this.pending);
    if (this.deliveredEvents.observed) {
      for (const envelope of envelopes) {
        this.deliveredEvents.next(toDeliveredEvent(envelope, success));
      }
    }
    this.announceIdle();
  }

  fail(envelopes: readonly Envelope[], failure: Failure): void {
    this.counts.failed += envelopes.length;
    this.failedByReason[failure.reason] = (this.failedByReason[failure.reason] ?? 0) + envelopes.length;
    this.ages.remove(envelopes);
    for (const envelope of envelopes) this.log.failed(envelope, failure, this.pending);
    if (this.failedEvents.observed) {
      for (const envelope of envelopes) this.failedEvents.next(toFailedEvent(envelope, failure));
    }
    this.announceIdle();
  }

  /** No more outcomes are to come. */
  close(): void {
    this.log.shutDown();
  }

  /** Keeps the ledger from being idle while `work` goes on. */
  async whileEvaluating(work: Promise<void>): Promise<void> {
    this.counts.evaluating++;
    try {
      await work;
    } finally {
      this.counts.evaluating--;
      this.announceIdle();
    }
  }

  /** Resolves with true as soon as the ledger is idle, or with false after so many milliseconds. */
  async idleWithin(milliseconds: number): Promise<boolean> {
    const deadline = performance.now() + milliseconds;
    while (!this.isIdle) {
      const left = deadline - performance.now();
      if (left <= 0 || !(await this.nextIdleWithin(left))) return false;
      // It may have been idle for a moment only: what displaced all that was pending comes right after.
    }
    return true;
  }

  private enter(events: number | readonly Envelope[]): number {
    if (typeof events !== 'number') this.ages.add(events);
    return countOf(events);
  }

  private async nextIdleWithin(milliseconds: number): Promise<boolean> {
    const idle = deferred<true>();
    const announce = (): void => idle.resolve(true);
    this.idleListeners.add(announce);
    const isIdle = await waitAtMost(idle.promise, milliseconds, () => false);
    this.idleListeners.delete(announce);
    return isIdle;
  }

  private announceIdle(): void {
    if (this.idleListeners.size === 0 || !this.isIdle) return;
    const listeners = [...this.idleListeners];
    this.idleListeners.clear();
    for (const listener of listeners) listener();
  }
}

function countOf(events: number | readonly Envelope[]): number {
  return typeof events === 'number' ? events : events.length;
}
