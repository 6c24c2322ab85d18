import type { Answer, RateLimit } from '../../http/answer.js';
import type { CallKind } from '../../http/outgoing-call.js';
import type { CallWatch, CallWatcher } from '../../instrumentation/call-watcher.js';
import { isOverQuota } from '../retry-policy.js';

const PARTS = 60;

export interface QuotaLimits extends Readonly<Record<CallKind, number>> {
  /** The length of the quota's window in milliseconds. */
  readonly interval: number;
}

/** How much of the account's quota is used up, by what this process sent and by what WebEngage's answers say. */
export class QuotaUse implements CallWatcher {
  private readonly meters: Readonly<Record<CallKind, CallMeter>>;

  /** @param elapsed milliseconds on a clock that never jumps */
  constructor(limits: QuotaLimits, elapsed: () => number) {
    this.meters = {
      single: new CallMeter(limits.single, limits.interval, elapsed),
      bulk: new CallMeter(limits.bulk, limits.interval, elapsed),
    };
  }

  watch({ kind }: { readonly kind: CallKind }): CallWatch {
    const meter = this.meters[kind];
    meter.start();
    return { end: (answer) => meter.end(answer) };
  }

  /** From 0 for nothing to 1 for all of it. */
  of(kind: CallKind): number {
    return this.meters[kind].use;
  }
}

/** Counts one kind of call in parts of the window: exact to a sixtieth of it. */
class CallMeter {
  private readonly counts = new Array<number>(PARTS).fill(0);
  private part = 0;
  private told: { readonly rateLimit: RateLimit; readonly isOver: boolean; readonly at: number } | undefined;

  constructor(
    private readonly limit: number,
    private readonly interval: number,
    private readonly elapsed: () => number,
  ) {}

  start(): void {
    this.advance();
    this.counts[this.part % PARTS] = (this.counts[this.part % PARTS] ?? 0) + 1;
  }

  end(answer: Answer): void {
    const isOver = isOverQuota(answer);
    if (!isOver && !answer.rateLimit && !answer.queued) return;
    this.told = { rateLimit: answer.rateLimit ?? {}, isOver, at: this.elapsed() };
  }

  get use(): number {
    this.advance();
    const told = this.told && this.elapsed() - this.told.at < this.interval ? this.told : undefined;
    if (told?.isOver) return 1;
    const limit = told?.rateLimit.limit ?? this.limit;
    const own = this.counts.reduce((sum, calls) => sum + calls, 0);
    const used = Math.max(own, limit - (told?.rateLimit.remaining ?? limit));
    return limit > 0 ? Math.min(1, used / limit) : 1;
  }

  private advance(): void {
    const now = Math.floor((this.elapsed() * PARTS) / this.interval);
    const passed = Math.min(PARTS, now - this.part);
    for (let step = 0; step < passed; step++) this.counts[(now - step) % PARTS] = 0;
    this.part = Math.max(this.part, now);
  }
}
