import { IDEMPOTENCY_WINDOW } from '../delivery/idempotency-window.js';

/** Remembers for four hours under which request ids something was ingested. */
export class RequestIds {
  private readonly ingestedAt = new Map<string, number>();

  /** Whether a call under this id is a re-attempt of one that was ingested. */
  has(requestId: string, now: number): boolean {
    const at = this.ingestedAt.get(requestId);
    return at !== undefined && now - at < IDEMPOTENCY_WINDOW;
  }

  add(requestId: string, now: number): void {
    this.forgetExpired(now);
    this.ingestedAt.delete(requestId);
    this.ingestedAt.set(requestId, now);
  }

  // A Map iterates in the order of insertion: the oldest come first.
  private forgetExpired(now: number): void {
    for (const [requestId, at] of this.ingestedAt) {
      if (now - at < IDEMPOTENCY_WINDOW) return;
      this.ingestedAt.delete(requestId);
    }
  }
}
