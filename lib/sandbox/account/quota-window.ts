/** How much of a quota is used. */
export interface QuotaUse {
  /** Calls that one window allows. */
  readonly limit: number;
  /** Calls that were counted in this window. */
  readonly used: number;
  /** When the next window begins, in milliseconds since 1970. */
  readonly resetsAt: number;
}

/** Counts calls in windows of a fixed length, as the quota headers show them. */
export class QuotaWindow {
  private window = -1;
  private used = 0;

  constructor(
    readonly limit: number,
    private readonly interval: number,
  ) {}

  /** Counts one call; returns how many are left in this window, or undefined if the call is one too many. */
  take(now: number): number | undefined {
    this.turnTo(now);
    if (this.used >= this.limit) return undefined;
    this.used++;
    return this.limit - this.used;
  }

  useAt(now: number): QuotaUse {
    this.turnTo(now);
    return { limit: this.limit, used: this.used, resetsAt: (this.window + 1) * this.interval };
  }

  private turnTo(now: number): void {
    const window = Math.floor(now / this.interval);
    if (window === this.window) return;
    this.window = window;
    this.used = 0;
  }
}
