import { quote } from '../common/describe-value.js';
import type { Log } from '../common/log.js';
import { withoutStop } from '../common/without-stop.js';
import type { Answer } from '../http/answer.js';
import type { Failure } from './delivery-events.js';
import type { Envelope } from './envelope.js';
import type { HoldListener, HoldReason } from './hold-listener.js';

const ALL = 'all';
const NAMES_LISTED = 10;
/** An account may be over its quota again and again, shared as it is: one line in ten minutes says it. */
const OVER_QUOTA_LOGGED_EVERY = 10 * 60 * 1000;

/** Logs changes of state, not events: one line when events begin to fail or to be held, one when they arrive again. */
export class DeliveryLog implements HoldListener {
  /** Why calls are held back, by whom. */
  private readonly holds = new Map<string, HoldReason>();
  private failedInARow = 0;
  private dropped: { readonly pending: number; events: number } | undefined;
  private overQuotaLoggedAt = -Infinity;
  private readonly shutDownByName = new Map<string, number>();

  constructor(private readonly log: Log) {}

  /** An event failed; so many are pending still. */
  failed({ eventName, requestId }: Envelope, { reason, message, attempts }: Failure, pending: number): void {
    if (reason === 'shut down') {
      this.shutDownByName.set(eventName, (this.shutDownByName.get(eventName) ?? 0) + 1);
      return;
    }
    if (reason === 'dropped from full buffer') return this.droppedOne(pending);
    this.failedInARow++;
    if (this.failedInARow > 1) return;
    this.log.error(
      `${quote(eventName)} was not delivered (${reason}; attempts: ${attempts}; x-request-id: ${requestId}): ${withoutStop(message)}. ` +
        'Further failures are counted in stats() and reported on failed$, but not logged until an event is delivered again',
    );
  }

  /** Events arrived; so many are pending still. */
  delivered(pending: number): void {
    // Only once half of them are gone: at the brink, room comes and goes with every event.
    if (this.dropped && pending * 2 <= this.dropped.pending) {
      this.log.log(`There is room for events again; ${this.dropped.events} were dropped in the meantime`);
      this.dropped = undefined;
    }
    if (this.failedInARow > 1) {
      this.log.log(`Events are delivered again; ${this.failedInARow} failed in the meantime`);
    }
    this.failedInARow = 0;
  }

  private droppedOne(pending: number): void {
    if (!this.dropped) {
      this.log.error(
        `Too much is pending: the oldest events are dropped for new ones, with ${pending} pending. ` +
          'Each is reported on failed$ and counted in stats(), not logged',
      );
      this.dropped = { pending, events: 0 };
    }
    this.dropped.events++;
  }

  /**
   * Why nothing is sent for now; where single and bulk calls are held apart, why those held first are.
   *
   * @param pending how many events are in this process: a delivery from memory holds nothing back where there are none,
   *   and does not ask either whether it could send again
   */
  holdReason(pending: number): HoldReason | undefined {
    const [hold] = this.holds;
    if (hold === undefined) return undefined;
    const [lane, reason] = hold;
    return lane === ALL && pending === 0 ? undefined : reason;
  }

  /** @param lane what is held, where that is not all */
  held(reason: HoldReason, { message }: Answer, lane = ALL): void {
    this.holds.set(lane, reason);
    this.log.error(
      reason === 'access refused'
        ? `${withoutStop(message)}. Check apiKey, licenseCode and dataCenter (or host). Events wait until WebEngage lets them in; it is asked again from time to time`
        : `${withoutStop(message)}. Events wait until WebEngage can be reached; it is tried again from time to time`,
    );
  }

  overQuota({ message }: Answer): void {
    const now = Date.now();
    if (now - this.overQuotaLoggedAt < OVER_QUOTA_LOGGED_EVERY) return;
    this.overQuotaLoggedAt = now;
    this.log.warn(`${withoutStop(message)}. The account's quota is used up, perhaps by others; calls wait for it`);
  }

  resumed(lane = ALL): void {
    this.noLongerHeld(lane);
    this.log.log('WebEngage takes events again');
  }

  /** Whatever comes now, it is not held back for that reason by this process. */
  noLongerHeld(lane = ALL): void {
    this.holds.delete(lane);
  }

  /** Says what the shutdown left undelivered, all of it in one line. */
  shutDown(): void {
    const names = [...this.shutDownByName].sort(([, one], [, other]) => other - one);
    if (names.length === 0) return;
    const count = names.reduce((sum, [, events]) => sum + events, 0);
    const listed = names.slice(0, NAMES_LISTED).map(([name, events]) => `${quote(name)} (${events})`);
    const more = names.length > NAMES_LISTED ? ` and ${names.length - NAMES_LISTED} other names` : '';
    this.log.error(
      `The application shut down before ${count} events were delivered: ${listed.join(', ')}${more}. ` +
        'They were reported on failed$',
    );
    this.shutDownByName.clear();
  }
}
