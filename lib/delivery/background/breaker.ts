import type { Answer } from '../../http/answer.js';
import type { HoldListener, HoldReason } from '../hold-listener.js';
import { holdPause, type HoldPauseOptions } from '../hold-pause.js';
import { HostHealth, type Ticket } from '../host-health.js';

/**
 * Holds all calls back while the host is down or refuses the credentials, and lets single ones through from time to
 * time to see whether that is over. Held events use up no attempts.
 */
export class Breaker {
  private readonly health = new HostHealth();
  private reason: HoldReason | undefined;
  private pauses = 0;
  private until = 0;
  private notBefore = 0;
  private isProbing = false;

  constructor(
    private readonly options: HoldPauseOptions,
    private readonly listener: HoldListener,
    private readonly random: () => number,
  ) {}

  /** Whether calls are held back. */
  get isHolding(): boolean {
    return this.reason !== undefined;
  }

  /** How many answers so far showed the host at work and the account let in. */
  get goodAnswers(): number {
    return this.health.goodAnswers;
  }

  /** Milliseconds until a call may be sent; Infinity while a probe's answer is awaited. */
  waitTime(now: number): number {
    if (this.reason === undefined) return 0;
    return this.isProbing ? Infinity : Math.max(0, this.until - now);
  }

  /** A call is sent. */
  begin(): Ticket {
    this.isProbing = this.reason !== undefined;
    return this.health.ticket(this.isProbing);
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
    const reason = this.health.reasonToHold(ticket, answer, isItsOwnFault);
    if (reason !== undefined) this.hold(reason, answer, now);
    else if (ticket.isProbe) this.resume();
  }

  private hold(reason: HoldReason, answer: Answer, now: number): void {
    if (reason !== this.reason) {
      this.pauses = 0;
      this.listener.held(reason, answer);
    }
    this.reason = reason;
    this.notBefore = now + (answer.retryAfter ?? 0);
    this.until = Math.max(now + holdPause(this.pauses++, this.options, this.random), this.notBefore);
  }

  private resume(): void {
    this.reason = undefined;
    this.listener.resumed();
  }
}
