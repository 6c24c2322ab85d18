import type { Answer } from '../../../../lib/http/answer.js';
import type { Rules } from './rules.js';

interface Sent {
  readonly isProbe: boolean;
  readonly goodAnswers: number;
}

/** When nothing may be sent: after five failures of the host in a row, and while WebEngage refuses the credentials. */
export class HoldRules {
  /** How often a hold began or changed its reason, and how often one ended. */
  readonly changes = { held: 0, resumed: 0 };
  private readonly underWay = new Map<string, Sent>();
  private hold: { reason: string; pauses: number; notBefore: number; askedUntil: number } | undefined;
  private readonly goodAnswersAtRefusal = new Map<string, number>();
  private goodAnswers = 0;
  private failuresInARow = 0;

  constructor(
    private readonly delays: { readonly minDelay: number; readonly maxDelay: number },
    private readonly rules: Rules,
  ) {}

  sent(requestId: string, now: number): void {
    const { hold, rules } = this;
    if (hold) {
      rules.check(![...this.underWay.values()].some(({ isProbe }) => isProbe), 'one probe at a time');
      rules.check(now >= hold.notBefore, `nothing is sent during a hold (${hold.reason})`);
    }
    this.underWay.set(requestId, { isProbe: hold !== undefined, goodAnswers: this.goodAnswers });
  }

  /** The call begins anew, as if nobody had ever refused it. */
  forget(requestId: string): void {
    this.goodAnswersAtRefusal.delete(requestId);
  }

  /** The next probe may go at once, but not before WebEngage asked for it; the pauses begin anew. */
  drained(now: number): void {
    if (!this.hold) return;
    this.hold.notBefore = Math.max(Math.min(this.hold.notBefore, now), this.hold.askedUntil);
    this.hold.pauses = -1;
  }

  /** Returns whether the answer was a probe's. */
  answered(requestId: string, answer: Answer, now: number): boolean {
    const { isProbe, goodAnswers } = this.underWay.get(requestId) as Sent;
    this.underWay.delete(requestId);
    const { queued, status = 999 } = answer;
    const isAccessRefused = [401, 403, 404].includes(status);
    const isItsOwnFault = isAccessRefused && this.isRefusedAlone(requestId);
    if (this.hold && !isProbe) return false;
    const isHostFailure = !queued && (status >= 500 || (status >= 200 && status < 300));
    // A call that was sent before the last good answer tells of the past, or of itself.
    const isNews = isProbe || goodAnswers === this.goodAnswers;
    if (isAccessRefused) {
      if (isNews && (isProbe || !isItsOwnFault)) this.begin('access', answer, now);
    } else if (isHostFailure) {
      if (isNews) this.failuresInARow++;
      if (isProbe || this.failuresInARow >= 5) this.begin('host', answer, now);
    } else {
      this.goodAnswers++;
      this.failuresInARow = 0;
      if (isProbe) {
        this.hold = undefined;
        this.changes.resumed++;
      }
    }
    return isProbe;
  }

  /** Whether others were let in since it was refused before. */
  private isRefusedAlone(requestId: string): boolean {
    const isAlone = this.goodAnswers > (this.goodAnswersAtRefusal.get(requestId) ?? Infinity);
    this.goodAnswersAtRefusal.set(requestId, this.goodAnswers);
    return isAlone;
  }

  private begin(reason: string, { retryAfter = 0 }: Answer, now: number): void {
    const isNew = this.hold?.reason !== reason;
    if (isNew) this.changes.held++;
    const pauses = isNew ? 0 : (this.hold?.pauses ?? 0) + 1;
    const { minDelay, maxDelay } = this.delays;
    // Half of a pause is random. There is a pause even where re-attempts need none.
    const shortest = Math.min(Math.max(4, Math.min(maxDelay, 10_000)), 4 * Math.max(1, minDelay) * 2 ** pauses) / 2;
    const askedUntil = now + retryAfter;
    this.hold = { reason, pauses, notBefore: Math.max(now + shortest, askedUntil), askedUntil };
  }
}
