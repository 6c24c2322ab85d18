import { isOverQuota } from '../retry-policy.js';
import { AccountQuota } from './account-quota.js';
import { CallLog } from './call-log.js';
import { FairShare } from './fair-share.js';
import { Pace } from './pace.js';
import type { QuotaAnswer } from './quota-answer.js';
import { Refusals } from './refusals.js';

export type { QuotaAnswer } from './quota-answer.js';

/**
 * Says when the next call may start, so that the account's quota is used and not passed. It has no timer and no clock:
 * every `now` is a time in milliseconds of one clock that never goes back.
 *
 * - No window of one interval, wherever it begins, holds more than `limit` calls of this process.
 * - Calls are spread over the interval.
 * - Other processes that use the same account get their part, without a word between them.
 * - After a call beyond the quota (429) nothing is sent for a while.
 */
export class QuotaGovernor {
  private readonly log: CallLog;
  private readonly pace: Pace;
  private readonly account: AccountQuota;
  private readonly share: FairShare;
  private readonly refusals: Refusals;
  private pausedUntil = -Infinity;
  private isSpreading = true;

  /** At most `limit` calls (a whole number, 1 or more) in any `interval` (in milliseconds). */
  constructor(
    limit: number,
    private readonly interval: number,
  ) {
    this.log = new CallLog(limit, interval);
    this.pace = new Pace(interval);
    this.account = new AccountQuota(limit);
    this.share = new FairShare(limit, interval);
    this.refusals = new Refusals(interval);
  }

  /**
   * The milliseconds until the next call may start: 0 for now, Infinity when that hangs on the end of a call that is
   * under way. Ask again after every `end`, and after the time is over.
   */
  waitTime(now: number): number {
    this.advance(now);
    const { slots } = this;
    if (this.log.underWay >= slots) return Infinity;
    const excess = this.log.occupied + 1 - slots;
    const slotAt = excess > 0 ? this.log.freeAt(excess) : now;
    const paceAt = this.isSpreading ? this.pace.readyAt(this.callsAnInterval) : now;
    return Math.max(slotAt, paceAt, this.pausedUntil, now) - now;
  }

  /** A call starts. Only when `waitTime` is 0. */
  start(now: number): void {
    this.log.start();
    this.pace.start(now, this.callsAnInterval);
  }

  /** The answer to a call has come, or it is certain that none will. */
  end(now: number, answer: QuotaAnswer): void {
    this.advance(now);
    const own = this.log.end(now, isOverQuota(answer));
    const remaining = this.account.read(answer);
    if (remaining !== undefined) this.share.observe(own + remaining, this.account.limit);
    const pause = this.refusals.pauseAfter(answer, this.log.underWay);
    if (pause > 0) this.pause(now + pause);
  }

  /** Lets no call start before that time. A pause is never shortened. */
  pause(until: number): void {
    if (!(until > this.pausedUntil && until < Infinity)) return;
    this.pausedUntil = until;
    this.pace.resumeAt(until, this.callsAnInterval);
  }

  /** From now on calls are not spread any more: all that the window allows may go at once. For the shutdown. */
  stopSpreading(): void {
    this.isSpreading = false;
  }

  /** About how many calls could start within so many milliseconds, if those under way end soon. */
  capacityWithin(now: number, milliseconds: number): number {
    this.advance(now);
    const until = now + milliseconds;
    const begin = Math.max(now, this.pausedUntil);
    if (begin > until) return 0;
    const bySlots = this.slotsWithin(now, milliseconds);
    if (!this.isSpreading) return bySlots;
    return Math.min(bySlots, this.pace.callsUntil(until, begin, this.callsAnInterval));
  }

  private slotsWithin(now: number, milliseconds: number): number {
    const { slots } = this;
    if (milliseconds >= this.interval) return Math.floor(slots * (milliseconds / this.interval));
    return Math.max(0, slots - this.log.occupied + this.log.freedBy(now + milliseconds));
  }

  private advance(now: number): void {
    this.log.expire(now);
    this.share.advance(now, this.account.limit);
  }

  private get callsAnInterval(): number {
    return Math.min(this.share.calls, this.account.ownLimit);
  }

  /** The share in whole calls. Rounded up: it is the pace that keeps to the fraction. */
  private get slots(): number {
    return Math.ceil(this.callsAnInterval);
  }
}
