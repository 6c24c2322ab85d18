import type { ArrivingCall } from '../arrivals/arrival-log.js';
import type { SandboxAttempt } from '../arrivals/sandbox-arrival.js';
import type { SandboxEvent } from '../arrivals/sandbox-event.js';
import type { FaultEnding } from '../faults/fault-board.js';
import type { SandboxState } from '../sandbox-state.js';
import { ClientLeft } from '../http/read-body.js';
import type { Decision } from './decision.js';
import { type IncomingCall, looseEvents } from './incoming-call.js';
import { faultFinding, noAnswerFinding, refusalFinding } from './refusal-findings.js';

type TakenIn = NonNullable<Decision['takenIn']>;

/** Enters each call, and what came of it, among what the sandbox remembers. */
export class CallBook {
  constructor(private readonly state: SandboxState) {}

  /** Enters a call that was answered, or whose answer a fault took away. */
  enter(call: IncomingCall, decision: Decision, lostBy?: string): void {
    const { outcome, refusal, takenIn, reply } = decision;
    const { receivedAt } = call;
    // A lost answer has no status for the client.
    const answered = lostBy === undefined ? { status: reply.status, fault: call.delayedBy } : { fault: lostBy };
    if (refusal) {
      const attempt = { receivedAt, outcome: lostBy === undefined ? outcome : 'no answer', ...answered } as const;
      const findingsOf = (index: number) =>
        lostBy === undefined ? [refusalFinding(refusal, index)] : [noAnswerFinding(lostBy)];
      this.add(call, { ...attempt, message: refusal.message }, { findingsOf });
    } else {
      const ingest = takenIn && ((id: number, index: number) => this.ingest(call, takenIn, id, index));
      this.add(call, { receivedAt, outcome, ...answered }, { ingest });
    }
  }

  /** Enters a call whose client left while a fault delayed it. */
  enterLeft(head: Omit<IncomingCall, 'body'>): void {
    const { receivedAt, delayedBy: fault = '' } = head;
    const attempt = { receivedAt, outcome: 'no answer', fault } as const;
    this.add({ ...head, body: new ClientLeft() }, attempt, {
      findingsOf: () => [noAnswerFinding(fault)],
      isUnread: true,
    });
  }

  /** Enters a call that a fault kept from being taken in. */
  enterSpoilt(call: IncomingCall, { status, message, description: fault }: FaultEnding): void {
    const { receivedAt } = call;
    const finding = status === undefined ? noAnswerFinding(fault) : faultFinding(fault);
    const attempt: SandboxAttempt =
      status === undefined
        ? { receivedAt, outcome: 'no answer', fault }
        : { receivedAt, outcome: 'refused', status, message, fault };
    this.add(call, attempt, { findingsOf: () => [finding] });
  }

  private add(
    call: IncomingCall,
    attempt: SandboxAttempt,
    outcome: Pick<ArrivingCall, 'findingsOf' | 'ingest' | 'isUnread'>,
  ): void {
    const { licenseCode, bulk, requestId, body } = call;
    const bytes = body instanceof Error ? 0 : body.bytes;
    const events = looseEvents(call).map((fields) => this.withClassNames(fields));
    this.state.record({ licenseCode, bulk, requestId, events, bytes, attempt, ...outcome });
  }

  private withClassNames<Fields extends { readonly eventName?: unknown }>(fields: Fields): Fields {
    const classNames = this.state.classNamesOf(fields.eventName);
    return classNames ? { ...fields, classNames } : fields;
  }

  private ingest(call: IncomingCall, { account, events }: TakenIn, id: number, index: number): SandboxEvent {
    const { receivedAt, bulk, requestId } = call;
    const { licenseCode } = account;
    const event = events[index];
    const judgement = this.state.judge(account, event, receivedAt);
    const { userId, anonymousId, eventName, eventTime, eventData = {} } = event;
    const fields = this.withClassNames({ userId, anonymousId, eventName, eventTime, eventData });
    return { id, requestId, receivedAt, licenseCode, bulk, ...fields, ...judgement };
  }
}
