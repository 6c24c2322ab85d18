import { type AttributeType, attributeTypeOf } from '../../events/constraints/attribute-type.js';
import type { Finding, SandboxArrival, SandboxAttempt, Verdict } from './sandbox-arrival.js';
import type { SandboxEvent } from './sandbox-event.js';

const MAX_ATTEMPTS = 20;
/** Attributes of one event whose types are told: far more than WebEngage can keep. */
const MAX_ATTRIBUTES = 1_000;

/** One call with all its attempts, and the events in it. */
export interface ArrivedCall {
  /** What its re-attempts are recognised by; undefined for a call without a request id. */
  readonly key: string | undefined;
  readonly licenseCode: string | undefined;
  readonly bulk: boolean;
  readonly requestId: string | undefined;
  readonly receivedAt: number;
  readonly attempts: SandboxAttempt[];
  attemptCount: number;
  arrivals: Arrival[];
}

/** The fields of an event as they came: whatever a JSON body may hold. */
export interface ArrivedFields {
  readonly userId?: unknown;
  readonly anonymousId?: unknown;
  readonly eventName?: unknown;
  readonly eventTime?: unknown;
  readonly eventData?: unknown;
}

export function addAttempt(call: ArrivedCall, attempt: SandboxAttempt): void {
  call.attempts.push(attempt);
  call.attemptCount++;
  if (call.attempts.length > MAX_ATTEMPTS) call.attempts.shift();
}

/** One event of a call, and what has become of it so far. */
export class Arrival {
  revision = 0;
  /** Bytes of its JSON, about. */
  bytes = 0;
  /** Grows by one with each event that is ingested; 0 until it is. */
  ingestion = 0;
  /** Set once it was ingested. */
  event: SandboxEvent | undefined;
  /** Why it was not ingested, so far. */
  findings: readonly Finding[] = [];

  constructor(
    readonly id: number,
    readonly call: ArrivedCall,
    public fields: ArrivedFields,
  ) {}

  get verdict(): Verdict {
    if (this.event) return verdictOf(this.event);
    return this.call.attempts.at(-1)?.status === undefined ? 'no answer' : 'refused';
  }

  view(): SandboxArrival {
    const { id, revision, call, verdict, findings } = this;
    const { userId, anonymousId, eventName, eventTime, eventData } = this.fields;
    const { receivedAt, licenseCode, bulk, requestId, attempts, attemptCount } = call;
    return {
      id,
      revision,
      receivedAt,
      licenseCode,
      bulk,
      requestId,
      userId,
      anonymousId,
      eventName,
      eventTime,
      eventData,
      types: typesOf(eventData),
      verdict,
      findings: this.event?.dropped ?? findings,
      attempts: [...attempts],
      attemptCount,
    };
  }
}

function verdictOf({ dropped }: SandboxEvent): Verdict {
  if (dropped.length === 0) return 'kept';
  return dropped.some(({ path }) => !path.startsWith('eventData')) ? 'event dropped' : 'attributes dropped';
}

/** The data type of each attribute. Without a prototype: an attribute may have any name. */
function typesOf(eventData: unknown): Record<string, AttributeType> {
  const types = Object.create(null) as Record<string, AttributeType>;
  if (typeof eventData !== 'object' || eventData === null || Array.isArray(eventData)) return types;
  for (const [name, value] of Object.entries(eventData).slice(0, MAX_ATTRIBUTES)) {
    const type = attributeTypeOf(value);
    if (type !== undefined) types[name] = type;
  }
  return types;
}
