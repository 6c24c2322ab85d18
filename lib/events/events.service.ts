import {
  type BeforeApplicationShutdown,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { Observable } from 'rxjs';
import { describeValue } from '../common/describe-value.js';
import type { Log } from '../common/log.js';
import { isPromiseLike, type MaybePromise, observed } from '../common/maybe-promise.js';
import type { DeliveredEvent, FailedEvent } from '../delivery/delivery-events.js';
import type { Delivery } from '../delivery/delivery.js';
import type { DeliveryHealth, DeliveryMonitor } from '../delivery/health/delivery-health.js';
import { isWithinIdempotencyWindow } from '../delivery/idempotency-window.js';
import type { DeliveryStats, Ledger } from '../delivery/ledger.js';
import { isRequestId } from '../delivery/request-ids.js';
import { DeliveryError, type DeliveryFailure } from '../errors/delivery.error.js';
import { EventValidationError } from '../errors/event-validation.error.js';
import { FlushTimeoutError } from '../errors/flush-timeout.error.js';
import { RetryRefusedError } from '../errors/retry-refused.error.js';
import type { Observer } from '../instrumentation/observer.js';
import { unreadableViolation, violation, type Violation } from './constraints/violation.js';
import type { TrackEventDto } from './dto/track-event.dto.js';
import type { ConstructibleType, EventInstance, EventOf, EventSubject, EventType } from './event-class.js';
import type { EventClasses } from './event-classes.js';
import type { EventIntake, IntakeEntry } from './event-intake.js';
import type { NamedEvent } from './named-event.js';
import type { TrackEventInput } from './track-event-input.js';
import type { TrackReceipt } from './track-receipt.js';

const FLUSH_TIMEOUT = 30_000;

/**
 * Tracks custom events: checks them against WebEngage's rules, freezes them, and hands them to delivery.
 *
 * @example
 * constructor(private readonly events: EventsService) {}
 *
 * await this.events.track({ userId: 'johndoe', eventName: 'Added to Cart', eventData: { Price: 39.8 } });
 */
@Injectable()
export class EventsService implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  /** Every event that WebEngage answered with `queued`. */
  readonly delivered$: Observable<DeliveredEvent>;
  /** Every accepted event that was given up, with its reason. Hand one to `retry()` to send it again. */
  readonly failed$: Observable<FailedEvent>;

  constructor(
    private readonly intake: EventIntake,
    private readonly classes: EventClasses,
    private readonly delivery: Delivery,
    private readonly ledger: Ledger,
    private readonly monitor: DeliveryMonitor,
    private readonly observer: Observer,
    private readonly shutdownTimeout: number,
    private readonly log: Log,
  ) {
    this.delivered$ = ledger.delivered$;
    this.failed$ = ledger.failed$;
  }

  /**
   * Tracks one event. It is checked and frozen before this method returns: later changes to the object do not matter.
   * A rejection that nobody awaits does not bring the process down.
   *
   * @returns with background delivery at once (`accepted`: the event is in this process's memory, and delivery goes on
   *   behind it); with durable delivery once the event is stored outside this process (`durable`); with direct delivery
   *   once WebEngage has answered `queued` (`delivered`)
   * @throws {EventValidationError} (as a rejection) the event breaks WebEngage's rules; nothing was sent
   * @throws {BufferFullError} more is pending than the delivery's bounds allow; nothing was sent
   * @throws {WebEngageApiError} direct delivery: WebEngage refused the event, or all attempts failed
   * @throws {StoreUnavailableError} durable delivery: the event was not stored in time
   * @throws {ShutDownError} the application has shut down
   *
   * @example
   * const { requestId } = await events.track({
   *   userId: 'johndoe',
   *   eventName: 'Added to Cart',
   *   eventData: { 'Product ID': 1337, Price: 39.8 },
   * });
   * // with an event class
   * await events.track(AddedToCart, { userId: 'johndoe', eventData: { productId: 1337, price: 39.8 } });
   * await events.track(new AddedToCart({ productId: 1337, price: 39.8 }), { userId: 'johndoe' });
   */
  track<Event extends object>(eventClass: ConstructibleType<Event>, event: EventOf<Event>): Promise<TrackReceipt>;
  track(event: EventInstance, subject: EventSubject): Promise<TrackReceipt>;
  track<Name extends string>(event: NamedEvent<Name>): Promise<TrackReceipt>;
  track(event: unknown, about?: unknown): Promise<TrackReceipt> {
    // A number as the second argument: events.map(service.track).
    const isOfClass = typeof about === 'object' && about !== null;
    return isOfClass ? observed(this.takeOfClass(event, about)) : this.take({ event });
  }

  /**
   * Tracks several events: all of them if each is valid and there is room for all, else none.
   *
   * @returns the receipts in the order of the events
   * @throws {EventValidationError} its violations' paths begin with the event's index, as in `[2].eventName`
   * @throws {DeliveryError} direct or durable delivery: some events were not delivered, or stored; it says which, and why
   * @throws {BufferFullError} and {ShutDownError} as `track()`
   *
   * @example
   * await events.trackMany(order.lines.map((line) => ({ userId, eventName: 'Purchased', eventData: { SKU: line.sku } })));
   */
  trackMany(events: readonly (TrackEventDto | TrackEventInput)[]): Promise<TrackReceipt[]> {
    return observed(this.takeMany(events));
  }

  /**
   * Sends a failed event again, as a new acceptance. An event that may have been ingested keeps its request id, so
   * that WebEngage recognises it; any other gets a new one. `beforeSend` is not called again: the event is what it made.
   *
   * @throws {RetryRefusedError} it may have been ingested, and WebEngage would not recognise a duplicate: it went in a
   *   bulk call, or more than four hours ago
   * @throws as `track()`
   *
   * @example
   * events.failed$.subscribe((failed) => store.save(failed));
   * // later
   * await events.retry(await store.next());
   */
  retry(failed: FailedEvent): Promise<TrackReceipt> {
    return observed(this.takeAgain(failed));
  }

  /**
   * Waits until nothing is pending, events of `@TrackEvent()` included.
   *
   * @param options `timeout` in milliseconds, 30,000 by default
   * @throws {FlushTimeoutError} with the number of events that are still pending then
   *
   * @example
   * await events.flush({ timeout: 5_000 }); // at the end of a serverless invocation
   */
  flush({ timeout = FLUSH_TIMEOUT }: { timeout?: number } = {}): Promise<void> {
    return observed(this.waitUntilIdle(timeout));
  }

  /** What became of all events so far; `accepted = delivered + failed + pending` at every moment, unless they are stored elsewhere. */
  stats(): DeliveryStats {
    return this.ledger.stats();
  }

  /** How delivery fares in this process: what waits, and for how long, and why; and how much of the quota is used up. */
  health(): DeliveryHealth {
    return this.monitor.health();
  }

  /** Called by Nest once every module is set up. */
  onApplicationBootstrap(): void {
    this.delivery.start?.();
    this.observer.start(this);
  }

  /** Called by Nest while requests still come in: from now on what is pending goes as fast as the quota allows. */
  beforeApplicationShutdown(): void {
    this.delivery.drain();
  }

  /** Called by Nest once no more requests come in: waits for what is pending, then fails the rest as `shut down`. */
  async onApplicationShutdown(): Promise<void> {
    await this.ledger.idleWithin(this.shutdownTimeout);
    this.intake.close();
    await this.delivery.close();
    this.ledger.close();
    this.observer.stop();
    const { evaluating } = this.ledger.stats();
    if (evaluating > 0) {
      this.log.error(
        `${evaluating} events of @TrackEvent() are lost: their functions' promises did not settle before the shutdown`,
      );
    }
  }

  private async waitUntilIdle(timeout: number): Promise<void> {
    if (await this.ledger.idleWithin(timeout)) return;
    const { pending, evaluating } = this.ledger.stats();
    throw new FlushTimeoutError(pending + evaluating, timeout);
  }

  // Async, though it awaits nothing: what is thrown becomes a rejection.
  private async takeOfClass(event: unknown, about: unknown): Promise<TrackReceipt> {
    let entry: IntakeEntry;
    try {
      entry =
        typeof event === 'function'
          ? this.classes.ofClass(event as EventType, about)
          : this.classes.ofInstance(event, about);
    } catch (error) {
      return this.intake.refuse(error as Error, [{}])[0];
    }
    return this.take(entry);
  }

  private take(entry: IntakeEntry): Promise<TrackReceipt> {
    try {
      const [receipt] = this.intake.take([entry]) as [MaybePromise<TrackReceipt>];
      return isPromiseLike(receipt) ? observed(Promise.resolve(receipt)) : Promise.resolve(receipt);
    } catch (error) {
      return observed(Promise.reject(error as Error));
    }
  }

  // Async, though it awaits little: what the intake throws becomes a rejection.
  private async takeMany(events: unknown): Promise<TrackReceipt[]> {
    const entries = entriesOf(events);
    if ('rule' in entries) return this.intake.refuse(new EventValidationError([entries]), [{}]);
    const receipts = this.intake.take(entries).map((receipt) => Promise.resolve(receipt));
    const outcomes = await Promise.allSettled(receipts);
    const failures = outcomes.flatMap((outcome, index): DeliveryFailure[] =>
      outcome.status === 'rejected' ? [{ index, error: outcome.reason as DeliveryFailure['error'] }] : [],
    );
    if (failures.length > 0) throw new DeliveryError(failures, outcomes.length);
    return outcomes.map((outcome) => (outcome as PromiseFulfilledResult<TrackReceipt>).value);
  }

  private async takeAgain(failed: FailedEvent | null | undefined): Promise<TrackReceipt> {
    // Whatever a store gave back: what is no failed event is refused as no event.
    const {
      event,
      requestId = '',
      bulkRequestId,
      outcomeUnknown,
      windowStartedAt,
    }: Partial<FailedEvent> = failed ?? {};
    if (!outcomeUnknown) return this.take({ event, isRetried: true });
    if (bulkRequestId !== undefined)
      throw new RetryRefusedError(bulkRequestId, 'it went in a bulk call, beside others');
    const isRecognised = windowStartedAt !== undefined && isWithinIdempotencyWindow(windowStartedAt, Date.now());
    if (!isRecognised || !isRequestId(requestId)) {
      throw new RetryRefusedError(requestId, 'its four-hour idempotency window is over');
    }
    return this.take({ event, isRetried: true, earlier: { requestId, windowStartedAt } });
  }
}

/** The entries of an array of events, or what is wrong with it. */
function entriesOf(events: unknown): IntakeEntry[] | Violation {
  try {
    if (!Array.isArray(events)) return violation('events', 'type', `must be an Array, but is ${describeValue(events)}`);
    return Array.from(events, (event: unknown, index) => ({ event, position: `[${index}].` }));
  } catch (error) {
    return unreadableViolation('events', error);
  }
}
