import { type AttributeType, attributeTypeOf } from '../../events/constraints/attribute-type.js';
import { setOwn } from '../../events/constraints/set-own.js';
import type { Finding, SandboxArrival, SandboxAttempt, Verdict } from './sandbox-arrival.js';
import { isOfWholeEvent, MAX_ATTRIBUTES_SEEN, type SandboxEvent } from './sandbox-event.js';
import { unknownFieldFinding } from './unknown-field.js';

const MAX_ATTEMPTS = 20;
const BYTES_PER_FINDING = 100;

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
  /** The names of the classes that declare the event. */
  readonly classNames?: readonly string[];
  /** Names of others, which WebEngage ignores. */
  readonly unknownFields?: readonly string[];
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
    const { id, revision, call, verdict } = this;
    const { userId, anonymousId, eventName, eventTime, eventData, classNames } = this.fields;
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
      classNames,
      eventTime,
      eventData,
      types: typesOf(eventData),
      verdict,
      findings: this.allFindings(),
      attempts: [...attempts],
      attemptCount,
    };
  }

  /** What its findings take in memory, about. */
  bytesOfFindings(): number {
    const findings = this.event?.dropped ?? this.findings;
    return findings.reduce((bytes, { path, message }) => bytes + BYTES_PER_FINDING + path.length + message.length, 0);
  }

  /** All that is wrong with it. */
  allFindings(): readonly Finding[] {
    if (!this.event) return this.findings;
    const { unknownFields = [] } = this.fields;
    return [...this.event.dropped, ...unknownFields.map(unknownFieldFinding)];
  }
}

function verdictOf({ dropped }: SandboxEvent): Verdict {
  if (dropped.length === 0) return 'kept';
  return dropped.some(isOfWholeEvent) ? 'event dropped' : 'attributes dropped';
}

function typesOf(eventData: unknown): Record<string, AttributeType> {
  const types: Record<string, AttributeType> = {};
  if (typeof eventData !== 'object' || eventData === null || Array.isArray(eventData)) return types;
  for (const [name, value] of Object.entries(eventData).slice(0, MAX_ATTRIBUTES_SEEN)) {
    const type = attributeTypeOf(value);
    if (type !== undefined) setOwn(types, name, type);
  }
  return types;
}
