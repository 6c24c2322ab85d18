/** What this process leaves free when others call too: one call, and this part of its own share. */
const HEADROOM = 0.05;
/** No share is smaller than this part of the limit, so that whoever comes late has something to begin with. */
const SMALLEST_SHARE = 0.02;
/** The part of what it lacks by which the share rises after a quiet interval; twice that after the next; and so on. */
const RISE = 0.04;
/** After so many intervals without a call, nothing is known of the others. */
const FORGET_AFTER = 10;

const NOTHING_SEEN = Infinity;

/**
 * How much of the account's quota this process takes, when others that it knows nothing of use the same account.
 *
 * The room for this process is what it uses and what is left. The rule: take that room but for a little headroom. The
 * headroom grows with the own share, so a large process leaves more than a small one needs; the small one grows into it,
 * and all become equal.
 *
 * In a fixed window the room shows at the end, in a sliding one at any time; so the least that one or two intervals have
 * shown counts. Others are made way for at once. The share rises once an interval, at first by little: all who use the
 * account see the same room, and if each took all of it, it would be taken many times over.
 */
export class FairShare {
  /** Calls an interval. */
  calls: number;
  private leastRoom = NOTHING_SEEN;
  private leastRoomBefore = NOTHING_SEEN;
  private quietIntervals = 0;
  private intervalBegan: number | undefined;

  /** `limit` in calls an `interval`, which is in milliseconds. */
  constructor(
    private readonly limit: number,
    private readonly interval: number,
  ) {
    this.calls = limit;
  }

  /** Takes in how many of the account's calls were this process's own or left. */
  observe(room: number, accountLimit: number): void {
    this.leastRoom = Math.min(this.leastRoom, room);
    const target = this.targetWithin(room, accountLimit);
    if (target >= this.calls) return;
    this.calls = target;
    this.quietIntervals = 0;
  }

  /** Lets the share rise for each interval that has passed. */
  advance(now: number, accountLimit: number): void {
    this.intervalBegan ??= now;
    if (now - this.intervalBegan < this.interval) return;
    const intervals = Math.floor((now - this.intervalBegan) / this.interval);
    this.intervalBegan += intervals * this.interval;
    if (intervals > FORGET_AFTER) this.calls = this.limit;
    for (let interval = 0; interval < Math.min(intervals, FORGET_AFTER); interval++) this.rise(accountLimit);
  }

  private rise(accountLimit: number): void {
    this.quietIntervals++;
    const room = Math.min(this.leastRoom, this.leastRoomBefore);
    const isAlone = room >= accountLimit && room !== NOTHING_SEEN;
    const part = isAlone ? 1 : Math.min(1, RISE * this.quietIntervals);
    this.calls += Math.max(0, this.targetWithin(room, accountLimit) - this.calls) * part;
    this.leastRoomBefore = this.leastRoom;
    this.leastRoom = NOTHING_SEEN;
  }

  private targetWithin(room: number, accountLimit: number): number {
    if (room >= accountLimit) return this.limit;
    const withHeadroom = (room - 1) / (1 + HEADROOM);
    // Others that hardly call need no more headroom than they use.
    const withAsMuchAsOthers = room - (accountLimit - room);
    const smallest = Math.max(1, SMALLEST_SHARE * Math.min(this.limit, accountLimit));
    return Math.min(this.limit, Math.max(smallest, withHeadroom, withAsMuchAsOthers));
  }
}
