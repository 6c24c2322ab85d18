import { BufferFullError } from 'nestjs-webengage';

/** The application's own count of what `track()`, `delivered$` and `failed$` told it, to hold the library's against. */
export class Books {
  accepted = 0;
  refused = 0;
  delivered = 0;
  failed = 0;
  failedByReason = {};
  samples = 0;
  /** The first disagreement, in words. */
  disagreement;
  #events;
  #limits;
  #accept = () => this.accepted++;
  #refuse = (error) => {
    if (!(error instanceof BufferFullError)) throw error;
    this.refused++;
  };

  /** `maxPending`: how many events may be pending at one time. */
  constructor(events, limits) {
    this.#events = events;
    this.#limits = limits;
    events.delivered$.subscribe(() => this.delivered++);
    events.failed$.subscribe(({ reason }) => {
      this.failed++;
      this.failedByReason[reason] = (this.failedByReason[reason] ?? 0) + 1;
    });
  }

  // Leaves as little behind as may be: what it costs is measured along with the library.
  track(event) {
    void this.#events.track(event).then(this.#accept, this.#refuse);
  }

  /** Tracks as somebody does who never looks at the promise: what became of the event, only the ledger says. */
  trackUnobserved(event) {
    const before = this.#events.stats();
    void this.#events.track(event);
    const after = this.#events.stats();
    this.accepted += after.accepted - before.accepted;
    this.refused += after.refused - before.refused;
  }

  /** Holds the ledger against these books. Only when no `track()` is unsettled. */
  sample() {
    this.samples++;
    const { accepted, refused, delivered, failed, pending } = this.#events.stats();
    const agrees =
      accepted === this.accepted &&
      refused === this.refused &&
      delivered === this.delivered &&
      failed === this.failed &&
      pending === this.accepted - this.delivered - this.failed &&
      accepted === delivered + failed + pending &&
      pending >= 0 &&
      pending <= this.#limits.maxPending;
    if (!agrees) this.disagreement ??= `${JSON.stringify(this.#events.stats())}, but told ${JSON.stringify(this)}`;
  }

  /** Samples again and again, until the function returned is called. */
  sampleEvery(milliseconds) {
    const timer = setInterval(() => this.sample(), milliseconds);
    return () => clearInterval(timer);
  }
}
