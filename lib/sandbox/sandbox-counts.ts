import { isOfWholeEvent } from './arrivals/sandbox-event.js';
import type { SandboxAttempt } from './arrivals/sandbox-arrival.js';
import type { Judgement } from './account/sandbox-account.js';

/** What has come in so far, whether it is still remembered or not. */
export class SandboxCounts {
  /** Calls, re-attempts included. Each of them is one of the four that follow. */
  calls = 0;
  /** Calls that were taken in. */
  ingested = 0;
  /** Re-attempts that were answered with `queued`, but not taken in a second time. */
  recognised = 0;
  /** Calls that were answered with an error. */
  refused = 0;
  /** Calls that a fault kept from being answered before anything was taken in. */
  unanswered = 0;
  /** Events that WebEngage would silently drop as a whole. */
  dropped = 0;
  /** Events of which WebEngage would silently drop some attributes. */
  damaged = 0;

  countAttempt({ outcome }: SandboxAttempt): void {
    this.calls++;
    if (outcome === 'no answer') this.unanswered++;
    else this[outcome]++;
  }

  countJudgement({ dropped }: Judgement): void {
    if (dropped.some(isOfWholeEvent)) this.dropped++;
    else if (dropped.length > 0) this.damaged++;
  }

  clear(): void {
    Object.assign(this, new SandboxCounts());
  }
}
