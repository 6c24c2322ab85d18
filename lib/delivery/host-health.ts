import type { Answer } from '../http/answer.js';
import type { HoldReason } from './hold-listener.js';
import { isAccessRefused, isFailureOfHost } from './retry-policy.js';

/** So many calls in a row must fail before the host is taken to be down: one alone may be an accident. */
const FAILURES_TO_HOLD = 5;

/** What was known of the host when a call was sent. */
export interface Ticket {
  /** Whether the call is sent to see if a hold is over. */
  readonly isProbe: boolean;
  /** The good answers by then. */
  readonly goodAnswers: number;
}

/** Tells from the answers of all calls whether the host is at work and lets the account in. */
export class HostHealth {
  private failuresInARow = 0;
  private answers = 0;

  /** How many answers so far showed the host at work and the account let in. */
  get goodAnswers(): number {
    return this.answers;
  }

  /** A call is sent. */
  ticket(isProbe: boolean): Ticket {
    return { isProbe, goodAnswers: this.answers };
  }

  /** A call was answered, or was not: why all others should be held back now; undefined if they should not. */
  reasonToHold({ isProbe, goodAnswers }: Ticket, answer: Answer, isItsOwnFault: boolean): HoldReason | undefined {
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
    return isProbe || this.failuresInARow >= FAILURES_TO_HOLD ? 'host down' : undefined;
  }
}
