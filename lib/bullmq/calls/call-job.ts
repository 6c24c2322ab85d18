import { Call, type CallHistory } from '../../delivery/call.js';
import type { FailureReason } from '../../delivery/delivery-events.js';
import type { Envelope } from '../../delivery/envelope.js';
import { isRequestId } from '../../delivery/request-ids.js';
import { toTraceContext, type TraceContext } from '../../delivery/trace-context.js';
import type { EventBody } from '../../events/read-event.js';
import type { CallKind } from '../../http/outgoing-call.js';

/** The format of what is stored; raised when an older worker could no longer read it. */
const VERSION = 1;

/** An event as it is stored. */
interface StoredEvent {
  readonly requestId: string;
  readonly acceptedAt: number;
  readonly json: string;
  /** Where its trace goes on; absent where nobody traces. */
  readonly trace?: TraceContext;
}

/** One call to WebEngage as a job's data: its frozen bytes, and what it has been through. It never holds the API key. */
export interface CallJobData {
  readonly version: typeof VERSION;
  readonly kind: CallKind;
  readonly events: readonly StoredEvent[];
  /** Absent until it is sent for the first time. */
  readonly history?: CallHistory;
  /** An attempt was begun. Whoever finds this at the beginning of another one knows that a worker crashed in between. */
  readonly isUnderWay?: true;
  /** WebEngage refused it for one of its events, and it is being split into other calls: it must not be sent again. */
  readonly isSplit?: true;
  /** When it was last refused access, in milliseconds since 1970. */
  readonly refusedAt?: number;
  /** Why it was given up. */
  readonly failureReason?: FailureReason;
  /** How often the process that had it had crashed by then: if it is more since, BullMQ does not know that it was given up. */
  readonly failedAfterStalls?: number;
}

/** What is stored of a call beside its history. */
export type CallMarks = Omit<CallJobData, 'version' | 'kind' | 'events' | 'history'>;

/** A call as it is stored when it was sent, or may have been. */
export function toJobData(call: Call, marks: CallMarks = {}): CallJobData {
  const isNew = call.attemptsOfEvents === 0 && !call.outcomeUnknown;
  return { ...withoutHistory(call), ...(isNew ? undefined : { history: call.history }), ...marks };
}

/** What a dashboard shows a call as. */
export function jobName({ kind, envelopes: [first, ...others] }: Call): string {
  return kind === 'single' ? (first?.eventName ?? '') : `${others.length + 1} events`;
}

/**
 * The call that a job holds; undefined for a job that is none of this library's, or of a later version of it.
 * `othersWereLetIn` since the call was refused access.
 */
export function toCall(requestId: string, data: unknown, othersWereLetIn = false): Call | undefined {
  const { version, kind, events, history } = (data ?? {}) as Partial<CallJobData>;
  const envelopes = version === VERSION && isRequestId(requestId) ? toEnvelopes(events) : [];
  const [first] = envelopes;
  if (first === undefined) return undefined;
  if (history !== undefined)
    return Call.restore({ kind: kind ?? 'single', requestId, envelopes }, history, othersWereLetIn);
  return kind === 'bulk' ? Call.bulk(envelopes, requestId) : Call.single(first);
}

/** Whether a job's data was written by a later version of this library, which other processes may run already. */
export function isOfLaterVersion(data: unknown): boolean {
  const { version } = (data ?? {}) as { version?: unknown };
  return typeof version === 'number' && version > VERSION;
}

function withoutHistory({ kind, envelopes }: Call): CallJobData {
  const events = envelopes.map(({ requestId, acceptedAt, json, trace }): StoredEvent =>
    trace ? { requestId, acceptedAt, json, trace } : { requestId, acceptedAt, json },
  );
  return { version: VERSION, kind, events };
}

function toEnvelopes(events: unknown): Envelope[] {
  try {
    return (events as readonly StoredEvent[]).map(toEnvelope);
  } catch {
    return [];
  }
}

function toEnvelope({ requestId, acceptedAt, json, trace: storedTrace }: StoredEvent): Envelope {
  const { eventName } = JSON.parse(json) as EventBody;
  const trace = toTraceContext(storedTrace);
  const envelope = {
    requestId,
    eventName,
    json,
    bytes: Buffer.byteLength(json),
    acceptedAt,
    windowStartedAt: undefined,
  };
  return trace ? { ...envelope, trace } : envelope;
}
