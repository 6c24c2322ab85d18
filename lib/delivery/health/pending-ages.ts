import type { Envelope } from '../envelope.js';

type Aged = Pick<Envelope, 'acceptedAt'>;

/** Knows since when the oldest of the pending events has been pending. */
export class PendingAges {
  /** How many events were accepted at each time. */
  private readonly eventsAt = new Map<number, number>();

  add(events: readonly Aged[]): void {
    for (const { acceptedAt } of events) this.eventsAt.set(acceptedAt, (this.eventsAt.get(acceptedAt) ?? 0) + 1);
  }

  /** What was never added is passed over. */
  remove(events: readonly Aged[]): void {
    for (const { acceptedAt } of events) {
      const left = (this.eventsAt.get(acceptedAt) ?? 0) - 1;
      if (left > 0) this.eventsAt.set(acceptedAt, left);
      else this.eventsAt.delete(acceptedAt);
    }
  }

  /** When the oldest was accepted, in milliseconds since 1970. */
  get oldest(): number | undefined {
    let oldest: number | undefined;
    // Not the first: the system's clock may have been set back, and what comes from a store may be older.
    for (const acceptedAt of this.eventsAt.keys()) if (oldest === undefined || acceptedAt < oldest) oldest = acceptedAt;
    return oldest;
  }
}
