import { isWithinIdempotencyWindow } from '../../delivery/idempotency-window.js';

/** Four hours of calls at WebEngage's own quota would be 1.3 million; so many take about 50 MB. */
const MAX_REQUEST_IDS = 500_000;
/** Forgetting them one by one would pass over all that were forgotten before, each time. */
const FORGOTTEN_AT_ONCE = MAX_REQUEST_IDS / 10;

/** Remembers for four hours under which request ids something was ingested. */
export class RequestIds {
  private readonly ingestedAt = new Map<string, number>();

  /** Whether a call under this id is a re-attempt of one that was ingested. */
  has(requestId: string, now: number): boolean {
    const at = this.ingestedAt.get(requestId);
    return at !== undefined && isWithinIdempotencyWindow(at, now);
  }

  add(requestId: string, now: number): void {
    this.ingestedAt.delete(requestId);
    this.ingestedAt.set(requestId, now);
    if (this.ingestedAt.size > MAX_REQUEST_IDS) this.forgetOldest();
  }

  // A Map iterates in the order of insertion: the oldest come first.
  private forgetOldest(): void {
    let left = FORGOTTEN_AT_ONCE;
    for (const requestId of this.ingestedAt.keys()) {
      if (left-- === 0) return;
      this.ingestedAt.delete(requestId);
    }
  }
}
