import type { Answer } from '../../../../lib/http/answer.js';
import type { OutgoingCall } from '../../../../lib/http/outgoing-call.js';
import type { HoldRules } from './hold-rules.js';
import type { Rules } from './rules.js';

const FOUR_HOURS = 4 * 60 * 60 * 1000;
/** WebEngage refuses a bulk call as a whole, and its events may go in others: one is wrong, or they are too large. */
const SPLITS = [400, 413];

/** All that was seen of the calls under one request id. */
export interface SeenCall {
  readonly kind: OutgoingCall['kind'];
  readonly requestId: string;
  readonly json: string;
  /** The request ids of its events. */
  readonly events: readonly string[];
  /** When the first attempt was sent that may have been ingested, by the clock on the wall. */
  windowStartedAt: number | undefined;
  /** The same by the clock that never jumps. */
  windowElapsedAt: number | undefined;
  outcomeUnknown: boolean;
  /** The attempts of its events that count towards maxAttempts. */
  counted: number;
  /** How often it was refused access though others were let in since it was refused before: for what it is itself. */
  refusedAlone: number;
  /** How many calls had been let in when it was refused access last. */
  letInAtRefusal: number | undefined;
  /** Whether its last answer was such a refusal of its own. */
  isRefusedAlone: boolean;
  /** The last answer. */
  answer: Answer | undefined;
  isUnderWay: boolean;
}

export interface WireLimits {
  readonly concurrency: number;
  readonly retry: { readonly maxAttempts: number };
}

/** What must hold of every call that goes out. */
export class WireRules {
  isClosed = false;
  /** The call in which an event went last. */
  readonly lastCallOf = new Map<string, SeenCall>();
  private readonly calls = new Map<string, SeenCall>();
  private letIn = 0;

  constructor(
    private readonly limits: WireLimits,
    private readonly holds: HoldRules,
    private readonly rules: Rules,
  ) {}

  /** An event that went out under its own id before it was accepted, and may have been ingested. */
  wentBefore(requestId: string, json: string, windowStartedAt: number): void {
    const known = this.calls.get(requestId) ?? newCall('single', requestId, json, [requestId]);
    const anew = { counted: 0, refusedAlone: 0, letInAtRefusal: undefined, isRefusedAlone: false };
    Object.assign(known, { windowStartedAt, windowElapsedAt: undefined, outcomeUnknown: true, ...anew });
    this.holds.forget(requestId);
    this.calls.set(requestId, known);
    this.lastCallOf.set(requestId, known);
  }

  /** The request ids of the events that are under way. */
  get underWay(): string[] {
    return [...this.calls.values()].filter(({ isUnderWay }) => isUnderWay).flatMap(({ events }) => events);
  }

  sent(call: OutgoingCall, events: readonly string[], now: { readonly wall: number; readonly elapsed: number }): void {
    const { rules } = this;
    rules.check(!this.isClosed, 'nothing is sent after close');
    const seen = this.calls.get(call.requestId) ?? this.firstSeen(call, events);
    rules.check(seen.kind === call.kind && seen.json === call.json, 'a call is sent again with the same bytes');
    rules.check(!seen.isUnderWay, 'a call is not sent while it is under way');
    rules.check(seen.counted < this.limits.retry.maxAttempts, 'a call is not sent more often than maxAttempts says');
    seen.windowStartedAt ??= now.wall;
    seen.windowElapsedAt ??= now.elapsed;
    const age = Math.max(now.wall - seen.windowStartedAt, now.elapsed - seen.windowElapsedAt);
    rules.check(age < FOUR_HOURS, 'a call is not sent four hours after its first attempt');
    seen.isUnderWay = true;
    this.holds.sent(call.requestId, now.elapsed);
    const underWay = [...this.calls.values()].filter(({ isUnderWay }) => isUnderWay).length;
    rules.check(underWay <= this.limits.concurrency, `no more than ${this.limits.concurrency} calls are under way`);
  }

  answered(requestId: string, answer: Answer, elapsed: number): void {
    const seen = this.calls.get(requestId) as SeenCall;
    seen.isUnderWay = false;
    seen.answer = answer;
    const isProbe = this.holds.answered(requestId, answer, elapsed);
    const { queued, status, mayBeIngested } = answer;
    const isAccessRefused = status !== undefined && [401, 403, 404].includes(status);
    seen.isRefusedAlone = isAccessRefused && seen.letInAtRefusal !== undefined && seen.letInAtRefusal < this.letIn;
    if (isAccessRefused) this.refused(seen);
    else if (queued || (status !== undefined && status >= 300 && status < 500)) this.letIn++;
    if (queued) return;
    seen.outcomeUnknown ||= mayBeIngested;
    // What was surely not ingested begins anew.
    if (!seen.outcomeUnknown) Object.assign(seen, { windowStartedAt: undefined, windowElapsedAt: undefined });
    const isOutOfReach = status === undefined || [502, 503, 504].includes(status);
    const isFree = status === 429 || (isProbe && isOutOfReach);
    if (!isAccessRefused && !isFree && !maySplit(seen)) seen.counted++;
  }

  private refused(seen: SeenCall): void {
    // One that is split is not counted.
    if (seen.isRefusedAlone && !maySplit(seen)) seen.refusedAlone++;
    seen.letInAtRefusal = this.letIn;
  }

  private firstSeen({ kind, requestId, json }: OutgoingCall, events: readonly string[]): SeenCall {
    const { rules } = this;
    rules.check(/^[0-9a-f]{32}$/.test(requestId), 'an id is 32 hexadecimal digits');
    if (kind === 'single')
      rules.check(requestId === events[0] && events.length === 1, 'a single goes under its own id');
    else rules.check(events.length >= 1 && events.length <= 25, 'a bulk call holds 1 to 25 events');
    const seen = newCall(kind, requestId, json, events);
    for (const event of events) {
      const earlier = this.lastCallOf.get(event);
      rules.check(!earlier || maySplit(earlier), 'an event changes its call only when the first was surely refused');
      // Its attempts go with it.
      if (earlier) Object.assign(seen, { counted: earlier.counted, refusedAlone: earlier.refusedAlone });
      this.lastCallOf.set(event, seen);
    }
    this.calls.set(requestId, seen);
    return seen;
  }
}

/** Whether its events may go in other calls: nothing of it was ingested for certain. */
export function maySplit({ kind, events, answer, isRefusedAlone, outcomeUnknown }: SeenCall): boolean {
  const isOneWrong = isRefusedAlone || SPLITS.includes(answer?.status ?? 0);
  return kind === 'bulk' && events.length > 1 && isOneWrong && !outcomeUnknown;
}

function newCall(kind: OutgoingCall['kind'], requestId: string, json: string, events: readonly string[]): SeenCall {
  return {
    ...{ kind, requestId, json, events, windowStartedAt: undefined, windowElapsedAt: undefined },
    ...{ outcomeUnknown: false, counted: 0, refusedAlone: 0, letInAtRefusal: undefined, isRefusedAlone: false },
    ...{ answer: undefined, isUnderWay: false },
  };
}
