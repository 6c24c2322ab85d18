import type { QuotaAnswer } from '../../../lib/delivery/quota/quota-governor.js';

/** How a server may cut time into windows; which of them WebEngage does is undocumented. */
export const WINDOWS = ['aligned', 'first call', 'sliding'] as const;

export interface QuotaServerOptions {
  /** Aligned: fixed, at any phase. First call: begins with the first call after the last one ended. Sliding: always the last interval. */
  readonly windows: (typeof WINDOWS)[number];
  readonly limit: number;
  readonly interval: number;
  /** Where aligned windows begin. */
  readonly phase?: number;
  /** Whether refused calls use up the quota as well. */
  readonly countsRefused?: boolean;
  readonly sendsHeaders?: boolean;
  /** Whether a refusal says when to come back: to the millisecond, or in whole seconds as HTTP has it. */
  readonly retryAfter?: 'exact' | 'seconds';
}

/** An account of WebEngage's, seen through its quota. */
export class QuotaServer {
  private windowBegan = -Infinity;
  private used = 0;
  // For the sliding window: when the calls came that it holds, from `oldest` on.
  private readonly arrivals: number[] = [];
  private oldest = 0;

  constructor(private readonly options: QuotaServerOptions) {}

  answer(now: number): QuotaAnswer {
    const { limit, countsRefused = false, sendsHeaders = true, retryAfter } = this.options;
    this.advance(now);
    const isRefused = this.used >= limit;
    if (!isRefused || countsRefused) {
      this.used++;
      this.arrivals.push(now);
    }
    return {
      status: isRefused ? 429 : 201,
      ...(sendsHeaders && { rateLimit: { limit, remaining: Math.max(0, limit - this.used) } }),
      ...(isRefused && retryAfter && { retryAfter: this.rounded(this.nextRoomAt() - now) }),
    };
  }

  private advance(now: number): void {
    const { windows, interval, phase = 0 } = this.options;
    if (windows === 'sliding') {
      while (this.arrivals[this.oldest] <= now - interval) this.oldest++;
      this.used = this.arrivals.length - this.oldest;
    } else if (now >= this.windowBegan + interval) {
      this.windowBegan = windows === 'aligned' ? now - ((now - phase + interval) % interval) : now;
      this.used = 0;
    }
  }

  private nextRoomAt(): number {
    const { windows, interval } = this.options;
    return interval + (windows === 'sliding' ? this.arrivals[this.oldest] : this.windowBegan);
  }

  private rounded(milliseconds: number): number {
    return this.options.retryAfter === 'exact' ? milliseconds : Math.ceil(milliseconds / 1_000) * 1_000;
  }
}
