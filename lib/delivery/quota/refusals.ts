import { isOverQuota } from '../retry-policy.js';
import type { QuotaAnswer } from './quota-answer.js';

/** The first pause after a call beyond the quota, as a part of the interval. It doubles, up to the whole interval. */
const FIRST_PAUSE = 1 / 8;

/** Decides for how long nothing is sent after calls beyond the quota. */
export class Refusals {
  private series = 0;
  // Calls that were under way when the pause began: their answers say nothing new.
  private fromBefore = 0;

  /** `interval` in milliseconds. */
  constructor(private readonly interval: number) {}

  /** Takes in an answer. Returns the pause that it asks for, in milliseconds; 0 for none. */
  pauseAfter(answer: QuotaAnswer, underWay: number): number {
    const { status, retryAfter } = answer;
    const isNews = this.fromBefore === 0;
    if (!isNews) this.fromBefore--;
    if (!isOverQuota(answer)) {
      if (isNews && isWithinQuota(status)) this.series = 0;
      return 0;
    }
    if (isNews) this.fromBefore = underWay;
    if (retryAfter !== undefined && retryAfter > 0 && retryAfter < Infinity) return retryAfter;
    return isNews ? this.nextPause() : 0;
  }

  private nextPause(): number {
    const pause = this.interval * Math.min(1, FIRST_PAUSE * 2 ** this.series);
    if (pause < this.interval) this.series++;
    return pause;
  }
}

/** An error of the server's may come before it has counted the call. */
function isWithinQuota(status: number | undefined): boolean {
  return status !== undefined && status < 500;
}
