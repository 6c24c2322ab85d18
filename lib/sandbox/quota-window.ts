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
    const window = Math.floor(now / this.interval);
    if (window !== this.window) {
      this.window = window;
      this.used = 0;
    }
    if (this.used >= this.limit) return undefined;
    this.used++;
    return this.limit - this.used;
  }
}
