import { NumberQueue } from './number-queue.js';

/**
 * How much longer than the interval a call is remembered, in milliseconds. WebEngage's clock and ours may each be coarse
 * by one millisecond, and two quartz clocks drift apart by about 3 ms a minute (50 parts per million).
 */
export const CLOCK_GUARD = 5;

/** Calls that ended within this part of the interval are remembered as one group, when there may be very many. */
const GROUPS = 1_024;

/**
 * The calls of this process that a window of WebEngage's may still hold. When a call arrived is unknown: at some time
 * between its start and its end. So it counts from its start until one interval after its end.
 */
export class CallLog {
  /** Calls that have started and not ended. */
  underWay = 0;
  private ended = 0;
  private refused = 0;
  private readonly retention: number;
  private readonly groupSpan: number;
  // One entry a group: its latest end, and how many calls it holds.
  private readonly groupEnds = new NumberQueue();
  private readonly groupSizes = new NumberQueue();
  private readonly groupRefusals = new NumberQueue();
  private newestGroupBegan = -Infinity;
  private readonly countedAtStart = new NumberQueue();

  /** `limit` is the most that the log may have to hold; `interval` is in milliseconds. */
  constructor(limit: number, interval: number) {
    this.retention = interval + CLOCK_GUARD;
    // A group frees its slots late, by up to its span: where single calls fit into memory, none is given away.
    this.groupSpan = limit > GROUPS ? this.retention / GROUPS : 0;
  }

  /** How many slots of the quota are taken. */
  get occupied(): number {
    return this.underWay + this.ended;
  }

  start(): void {
    this.underWay++;
    this.countedAtStart.push(this.counted);
  }

  /**
   * Notes the end of a call. Returns how many of this process's calls WebEngage may have counted when it arrived: as many
   * as when it started, or as now, whichever is more. Which call has ended is not known; the one under way for longest
   * stands for it.
   */
  end(now: number, isRefused: boolean): number {
    this.underWay--;
    this.ended++;
    if (isRefused) this.refused++;
    this.addToGroup(now, isRefused ? 1 : 0);
    return Math.max(this.countedAtStart.shift(), this.counted);
  }

  /** Forgets the calls that no window can hold any more. */
  expire(now: number): void {
    while (this.groupEnds.length > 0 && this.groupEnds.at(0) + this.retention <= now) {
      this.groupEnds.shift();
      this.ended -= this.groupSizes.shift();
      this.refused -= this.groupRefusals.shift();
    }
  }

  /** When so many of the calls that have ended will be forgotten. */
  freeAt(calls: number): number {
    let group = 0;
    for (let missing = calls - this.groupSizes.at(0); missing > 0; missing -= this.groupSizes.at(group)) group++;
    return this.groupEnds.at(group) + this.retention;
  }

  /** How many of the calls that have ended will be forgotten by then. */
  freedBy(time: number): number {
    let freed = 0;
    for (let group = 0; group < this.groupEnds.length; group++) {
      if (this.groupEnds.at(group) + this.retention > time) break;
      freed += this.groupSizes.at(group);
    }
    return freed;
  }

  /** A refused call took no slot of the account's, though it takes one of ours: another server might have counted it. */
  private get counted(): number {
    return this.occupied - this.refused;
  }

  private addToGroup(now: number, refused: number): void {
    if (this.groupEnds.length > 0 && now - this.newestGroupBegan <= this.groupSpan) {
      this.groupEnds.replaceLast(now);
      this.groupSizes.replaceLast(this.groupSizes.last + 1);
      this.groupRefusals.replaceLast(this.groupRefusals.last + refused);
      return;
    }
    this.newestGroupBegan = now;
    this.groupEnds.push(now);
    this.groupSizes.push(1);
    this.groupRefusals.push(refused);
  }
}
