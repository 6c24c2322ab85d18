import type { Log } from '../../lib/common/log.js';
import { Lane } from '../../lib/delivery/background/lane.js';
import type { Envelope } from '../../lib/delivery/envelope.js';
import type { QuotaAnswer, QuotaGovernor } from '../../lib/delivery/quota/quota-governor.js';
import { RequestIds } from '../../lib/delivery/request-ids.js';
import type { Answer } from '../../lib/http/answer.js';

const requestIds = new RequestIds();

/** An envelope with an id of its own, and whatever a test gives. */
export function envelope(given: Partial<Envelope> = {}): Envelope {
  const { json = '{}' } = given;
  return {
    requestId: requestIds.next(),
    eventName: 'Tested',
    json,
    bytes: Buffer.byteLength(json),
    acceptedAt: 0,
    windowStartedAt: undefined,
    ...given,
  };
}

export function envelopes(count: number, given: Partial<Envelope> = {}): Envelope[] {
  return Array.from({ length: count }, () => envelope(given));
}

/** An answer as the client makes it of a status, or of none. Only 201 says `queued`. */
export function answerOf(status: number | undefined, more: Partial<Answer> = {}): Answer {
  const mayBeIngested = status === undefined || (status >= 200 && status < 300) || status === 408 || status >= 500;
  return { queued: status === 201, status, message: `status ${status}`, mayBeIngested, ...more };
}

/** The connection was refused, so nothing was ingested. */
export const neverConnected = answerOf(undefined, { mayBeIngested: false });

const nothing = () => undefined;
export const silentLog: Log = { error: nothing, warn: nothing, log: nothing, debug: nothing };

/** Keeps each line with its level. */
export class LineLog implements Log {
  readonly lines: string[] = [];
  error = (message: string) => void this.lines.push(`error: ${message}`);
  warn = (message: string) => void this.lines.push(`warn: ${message}`);
  log = (message: string) => void this.lines.push(`log: ${message}`);
  debug = (message: string) => void this.lines.push(`debug: ${message}`);
}

type Governs = Pick<QuotaGovernor, 'waitTime' | 'start' | 'end' | 'stopSpreading' | 'capacityWithin'>;

/** Paces calls as a test says, and complains of a call that does not wait. */
export class FakeGovernor implements Governs {
  /** When the next call may start. */
  openAt = -Infinity;
  /** Milliseconds between two calls. */
  spacing = 0;
  capacity = Infinity;
  isSpreading = true;
  started = 0;
  readonly answers: QuotaAnswer[] = [];

  waitTime(now: number): number {
    return Math.max(0, this.openAt - now);
  }

  start(now: number): void {
    if (this.waitTime(now) > 0) throw new Error('A call starts before it may');
    this.started++;
    if (this.isSpreading) this.openAt = now + this.spacing;
  }

  end(now: number, answer: QuotaAnswer): void {
    this.answers.push(answer);
    if (answer.status === 429) this.openAt = Math.max(this.openAt, now + (answer.retryAfter ?? 100));
  }

  stopSpreading(): void {
    this.isSpreading = false;
  }

  capacityWithin(): number {
    return this.capacity;
  }
}

/** A lane of real waiting calls, paced by a fake governor. */
export function fakeLane(governor: FakeGovernor): Lane {
  return new Lane(governor as unknown as QuotaGovernor);
}
