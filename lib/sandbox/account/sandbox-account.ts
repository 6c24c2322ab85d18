import { attributeViolations } from '../../events/constraints/event-data.constraints.js';
import { eventNameViolations } from '../../events/constraints/name.constraints.js';
import { userIdentifierViolations } from '../../events/constraints/user-identifier.constraints.js';
import { setOwn } from '../../events/constraints/set-own.js';
import { type Violation, violation } from '../../events/constraints/violation.js';
import { DOCUMENTED_FORMAT, isDocumentedTime } from '../../events/event-time.js';
import type { JsonObject, JsonValue } from '../../events/event-data.js';
import { type Drop, MAX_ATTRIBUTES_SEEN } from '../arrivals/sandbox-event.js';
import type { WireEvent } from '../arrivals/wire-event.js';
import type { AttributeTypes } from './attribute-types.js';
import { toDrop } from './fixes.js';
import type { QuotaUse, QuotaWindow } from './quota-window.js';
import type { RequestIds } from './request-ids.js';

/** How many complaints about one event are kept. */
const MAX_DROPS = 25;

/** What WebEngage keeps of an event, and what it silently drops. */
export interface Judgement {
  readonly kept: Readonly<Record<string, unknown>>;
  readonly dropped: readonly Drop[];
}

/** How much of an account's quota is used in the window that it is now. */
export interface AccountQuota {
  readonly licenseCode: string;
  readonly single: QuotaUse;
  readonly bulk: QuotaUse;
}

/** What one account remembers: its quota, its request ids and the types of its attributes. */
export class SandboxAccount {
  constructor(
    readonly licenseCode: string,
    readonly single: QuotaWindow,
    readonly bulk: QuotaWindow,
    private readonly requestIds: RequestIds,
    readonly attributeTypes: AttributeTypes,
  ) {}

  /** Whether a call under this id is a re-attempt of one that was ingested. */
  recognises(requestId: string, now: number): boolean {
    return this.requestIds.has(`${this.licenseCode}/${requestId}`, now);
  }

  /** A call under this id was ingested. */
  remember(requestId: string, now: number): void {
    this.requestIds.add(`${this.licenseCode}/${requestId}`, now);
  }

  quotaAt(now: number): AccountQuota {
    return { licenseCode: this.licenseCode, single: this.single.useAt(now), bulk: this.bulk.useAt(now) };
  }

  /** Judges an event as WebEngage does behind its `queued`: what breaks a rule is dropped without a word. */
  judge(event: WireEvent, now: number): Judgement {
    const kept: JsonObject = {};
    const wholeEvent = violationsOfWholeEvent(event);
    if (wholeEvent.length > 0) return { kept, dropped: wholeEvent.map(toDrop) };
    const dropped: Drop[] = [];
    const attributes = Object.entries(event.eventData ?? {});
    if (attributes.length > MAX_ATTRIBUTES_SEEN) dropped.push(toDrop(tooManyToLookAt(attributes.length)));
    for (const [name, value] of attributes.slice(0, MAX_ATTRIBUTES_SEEN)) {
      const drops = this.judgeAttribute(event.eventName, name, value, now);
      if (drops.length === 0) setOwn(kept, name, value as JsonValue);
      else if (dropped.length < MAX_DROPS) dropped.push(...drops.slice(0, MAX_DROPS - dropped.length));
    }
    return { kept, dropped };
  }

  private judgeAttribute(eventName: string, name: string, value: JsonValue | null, now: number): readonly Drop[] {
    const violations = attributeViolations(name, value);
    if (violations.length > 0) return violations.map(toDrop);
    const path = `eventData[${JSON.stringify(name)}]`;
    const drop = this.attributeTypes.learn(eventName, name, value, path, now);
    return drop ? [drop] : [];
  }
}

function tooManyToLookAt(attributes: number): Violation {
  const problem = `has ${attributes} attributes: those after the first ${MAX_ATTRIBUTES_SEEN} are dropped unseen`;
  return violation('eventData', 'attributesPerType', problem);
}

function violationsOfWholeEvent({ userId, anonymousId, eventName, eventTime }: WireEvent): Violation[] {
  return [
    ...eventNameViolations(eventName),
    ...(userId === undefined ? [] : userIdentifierViolations(userId, 'userId')),
    ...(userId !== undefined || anonymousId === undefined ? [] : userIdentifierViolations(anonymousId, 'anonymousId')),
    ...(eventTime === undefined || (typeof eventTime === 'string' && isDocumentedTime(eventTime))
      ? []
      : [violation('eventTime', 'dateFormat', `must be a real time like ${DOCUMENTED_FORMAT}`)]),
  ];
}
