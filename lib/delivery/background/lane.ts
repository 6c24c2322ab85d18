import type { QuotaGovernor } from '../quota/quota-governor.js';
import { WaitingCalls } from './waiting-calls.js';

/** The way of one kind of call: its quota, and the calls of that kind that wait for their next attempt. */
export class Lane {
  readonly waiting = new WaitingCalls();

  constructor(readonly governor: QuotaGovernor) {}

  /** Milliseconds until the first waiting call may be sent; Infinity if none waits. */
  waitTime(now: number): number {
    const untilDue = this.waiting.nextDueAt - now;
    return untilDue === Infinity ? Infinity : Math.max(0, untilDue, this.governor.waitTime(now));
  }
}
