import { attributeViolations } from '../events/constraints/event-data.constraints.js';
import { eventNameViolations } from '../events/constraints/name.constraints.js';
import { userIdentifierViolations } from '../events/constraints/user-identifier.constraints.js';
import { violation } from '../events/constraints/violation.js';
import { DOCUMENTED_FORMAT, isDocumentedTime } from '../events/event-time.js';
import type { JsonValue } from '../events/event-data.js';
import { AttributeTypes } from './attribute-types.js';
import { QuotaWindow } from './quota-window.js';
import { RequestIds } from './request-ids.js';
import type { Drop, SandboxEvent } from './sandbox-event.js';
import type { WireEvent } from './wire-event.js';

/** What one account remembers: its quota, its request ids and the types of its attributes. */
export class SandboxAccount {
  readonly requestIds = new RequestIds();
  private readonly attributeTypes = new AttributeTypes();

  constructor(
    readonly licenseCode: string,
    readonly single: QuotaWindow,
    readonly bulk: QuotaWindow,
  ) {}

  /** Judges an event as WebEngage does behind its `queued`: what breaks a rule is dropped without a word. */
  ingest(event: WireEvent, call: Pick<SandboxEvent, 'requestId' | 'receivedAt' | 'bulk'>): SandboxEvent {
    const { userId, anonymousId, eventName, eventTime, eventData = {} } = event;
    const wholeEvent = dropsOfWholeEvent(event);
    const dropped: Drop[] = [...wholeEvent];
    const kept: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    if (wholeEvent.length === 0) {
      for (const [name, value] of Object.entries(eventData)) {
        const drops = this.dropsOfAttribute(eventName, name, value);
        if (drops.length === 0) kept[name] = value;
        dropped.push(...drops);
      }
    }
    const { licenseCode } = this;
    return { ...call, licenseCode, userId, anonymousId, eventName, eventTime, eventData, kept, dropped };
  }

  private dropsOfAttribute(eventName: string, name: string, value: JsonValue | null): readonly Drop[] {
    const violations = attributeViolations(name, value);
    if (violations.length > 0) return violations;
    const drop = this.attributeTypes.learn(eventName, name, value, `eventData[${JSON.stringify(name)}]`);
    return drop ? [drop] : [];
  }
}

function dropsOfWholeEvent({ userId, anonymousId, eventName, eventTime }: WireEvent): Drop[] {
  return [
    ...eventNameViolations(eventName),
    ...(userId === undefined ? [] : userIdentifierViolations(userId, 'userId')),
    ...(userId !== undefined || anonymousId === undefined ? [] : userIdentifierViolations(anonymousId, 'anonymousId')),
    ...(eventTime === undefined || (typeof eventTime === 'string' && isDocumentedTime(eventTime))
      ? []
      : [violation('eventTime', 'dateFormat', `must be a real time like ${DOCUMENTED_FORMAT}`)]),
  ];
}
