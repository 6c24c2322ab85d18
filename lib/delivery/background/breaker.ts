import type { Answer } from '../../http/answer.js';
import type { HoldListener, HoldReason } from '../hold-listener.js';
import { doubled, isAccessRefused, isFailureOfHost } from '../retry-policy.js';

/** So many calls in a row must fail before the host is taken to be down: one alone may be an accident. */
const FAILURES_TO_OPEN = 5;
/** The first pause, in units of the shortest retry delay. */
const FIRST_PAUSE = 4;
const LONGEST_PAUSE = 10_000;

export interface BreakerOptions {
  /** The shortest and the longest retry delay, in milliseconds; the pauses are derived from them. */
  readonly minDelay: number;
  readonly maxDelay: number;
}

/** What the breaker knew when a call was sent. */
export interface Ticket {
  /** Whether the call is sent to see if the hold is over. */
  readonly isProbe: boolean;
  /** The good answers by then. */
  readonly goodAnswers: number;
}

/**
 * Holds all calls back while the host is down or refuses the credentials, and lets single ones through from time to
 * time to see whether that is over. Held events use up no attempts.
 */
export class Breaker {
  private failuresInARow = 0;
  private answers = 0;
  private reason: HoldReason | undefined;
  private pauses = 0;
  private until = 0;
  private notBefore = 0;
  private isProbing = false;

  constructor(
    private readonly options: BreakerOptions,
    private readonly listener: HoldListener,
    private readonly random: () => number,
  ) {}

  /** Whether calls are held back. */
  get isHolding(): boolean {
    return this.reason !== undefined;
  }

  /** How many answers so far showed the host at work and the account let in. */
  get goodAnswers(): number {
    return this.answers;
  }

  /** Milliseconds until a call may be sent; Infinity while a probe's answer is awaited. */
  waitTime(now: number): number {
    if (this.reason === undefined) return 0;
    return this.isProbing ? Infinity : Math.max(0, this.until - now);
  }

  /** A call is sent. */
  begin(): Ticket {
    this.isProbing = this.reason !== undefined;
    return { isProbe: this.isProbing, goodAnswers: this.answers };
  }

  /** Sees at once whether the hold is over, unless WebEngage asked for a pause, and soon again. */
  hurry(now: number): void {
    this.pauses = 0;
    this.until = Math.max(Math.min(this.until, now), this.notBefore);
  }

  /** A call was answered, or was not. */
  end(ticket: Ticket, answer: Answer, now: number, isItsOwnFault = false): void {
    if (ticket.isProbe) this.isProbing = false;
    // While calls are held only the probe decides: what was sent before tells of the past.
    else if (this.reason !== undefined) return;
    const reason = this.reasonToHold(ticket, answer, isItsOwnFault);
    if (reason !== undefined) this.hold(reason, answer, now);
    else if (ticket.isProbe) this.resume();
  }

  private reasonToHold(
    { isProbe, goodAnswers }: Ticket,
    answer: Answer,
    isItsOwnFault: boolean,
  ): HoldReason | undefined {
    // What was let in, or answered, while this call was under way shows that the fault is its own, or over: calls that
    // hang are answered last.
    const isNews = isProbe || goodAnswers === this.answers;
    if (isAccessRefused(answer)) return isNews && (isProbe || !isItsOwnFault) ? 'access refused' : undefined;
    if (!isFailureOfHost(answer)) {
      this.answers++;
      this.failuresInARow = 0;
      return undefined;
    }
    if (isNews) this.failuresInARow++;
    return isProbe || this.failuresInARow >= FAILURES_TO_OPEN ? 'host down' : undefined;
  }

  private hold(reason: HoldReason, answer: Answer, now: number): void {
    if (reason !== this.reason) {
      this.pauses = 0;
      this.listener.held(reason, answer);
    }
    this.reason = reason;
    this.notBefore = now + (answer.retryAfter ?? 0);
    this.until = Math.max(now + this.nextPause(), this.notBefore);
  }

  private resume(): void {
    this.reason = undefined;
    this.listener.resumed();
  }

  /** Doubles each time; half of it is random, so that processes do not probe in step. */
  private nextPause(): number {
    const { minDelay, maxDelay } = this.options;
    // Never none at all, whatever the delays are set to.
    const longest = Math.max(FIRST_PAUSE, Math.min(maxDelay, LONGEST_PAUSE));
    const pause = doubled(FIRST_PAUSE * Math.max(1, minDelay), this.pauses++, longest);
    return pause * (0.5 + 0.5 * this.random());
  }
}
