import type { DeliveredEvent, FailedEvent } from '../../../../lib/delivery/delivery-events.js';
import type { Envelope } from '../../../../lib/delivery/envelope.js';
import type { DeliveryStats } from '../../../../lib/delivery/ledger.js';
import type { Load, PendingLimits } from '../../../../lib/delivery/pending-bounds.js';
import type { Rules } from './rules.js';
import { maySplit, type SeenCall, type WireRules } from './wire-rules.js';

export interface EventLimits extends PendingLimits {
  readonly overflow: 'reject' | 'drop-oldest';
  readonly retry: { readonly maxAttempts: number };
}

interface Acceptance {
  readonly envelope: Envelope;
  /** How often it was sent since. */
  attempts: number;
}

/** What must hold of every accepted event: it ends once, and what is reported of it is what happened. */
export class EventRules {
  isClosed = false;
  /** More than one when somebody hears of a dropped event and tracks another at once. */
  acceptancesUnderWay = 0;
  readonly counts = { accepted: 0, delivered: 0, failed: 0 };
  private readonly pending = new Map<string, Acceptance>();

  constructor(
    private readonly limits: EventLimits,
    private readonly wire: WireRules,
    private readonly rules: Rules,
  ) {}

  /** Whether so much finds room, when nothing else is going on. */
  hasRoom({ events, bytes }: Load): boolean {
    const underWay = new Set(this.wire.underWay);
    const staying = [...this.pending.values()].filter(
      ({ envelope }) => this.limits.overflow === 'reject' || underWay.has(envelope.requestId),
    );
    return staying.length + events <= this.limits.maxPending && bytesOf(staying) + bytes <= this.limits.maxPendingBytes;
  }

  accepted(envelopes: readonly Envelope[]): void {
    for (const envelope of envelopes) {
      this.rules.check(!this.pending.has(envelope.requestId), 'an event is accepted anew only when it has ended');
      this.pending.set(envelope.requestId, { envelope, attempts: 0 });
      this.counts.accepted++;
    }
  }

  sent(events: readonly string[]): void {
    for (const event of events) {
      const acceptance = this.pending.get(event);
      this.rules.check(acceptance !== undefined, 'only pending events are sent');
      if (acceptance) acceptance.attempts++;
    }
  }

  delivered({ requestId, attempts, bulkRequestId }: DeliveredEvent): void {
    this.counts.delivered++;
    const acceptance = this.end(requestId);
    const call = this.wire.lastCallOf.get(requestId);
    this.rules.check(call?.answer?.queued === true, 'an event is delivered when WebEngage says queued');
    this.rules.check(attempts === acceptance?.attempts, 'a delivered event has its attempts');
    this.rules.check(bulkRequestId === bulkIdOf(call), 'a delivered event has its bulk id');
  }

  failed(failed: FailedEvent): void {
    const { rules } = this;
    this.counts.failed++;
    const acceptance = this.end(failed.requestId);
    const call = this.wire.lastCallOf.get(failed.requestId);
    rules.check(failed.attempts === acceptance?.attempts, 'a failed event has its attempts');
    rules.check(
      failed.outcomeUnknown === (call?.outcomeUnknown ?? false),
      'a failed event says if it may have arrived',
    );
    rules.check(!failed.outcomeUnknown || failed.bulkRequestId === bulkIdOf(call), 'a failed event has its bulk id');
    rules.check(!call?.isUnderWay, 'an event does not fail while it is under way');
    rules.check(this.isReasonTrue(failed), `the reason is true: ${JSON.stringify({ ...failed, call })}`);
  }

  /** Holds at the end of every step. */
  checkBalance({ accepted, delivered, failed, pending }: DeliveryStats): void {
    const { rules, counts } = this;
    rules.check(accepted === counts.accepted, `accepted: ${accepted}, but it was ${counts.accepted}`);
    rules.check(delivered === counts.delivered, `delivered: ${delivered}, but it was ${counts.delivered}`);
    rules.check(failed === counts.failed, `failed: ${failed}, but it was ${counts.failed}`);
    rules.check(pending === this.pending.size, `pending: ${pending}, but it is ${this.pending.size}`);
    rules.check(accepted === delivered + failed + pending, 'accepted = delivered + failed + pending');
    rules.check(pending <= this.limits.maxPending, 'pending events are within their bound');
    const bytes = bytesOf([...this.pending.values()]);
    rules.check(bytes <= this.limits.maxPendingBytes, 'pending bytes are within their bound');
  }

  private end(requestId: string): Acceptance | undefined {
    const acceptance = this.pending.get(requestId);
    this.rules.check(acceptance !== undefined, 'an event ends once');
    this.pending.delete(requestId);
    return acceptance;
  }

  private isReasonTrue({ reason, requestId }: FailedEvent): boolean {
    const call = this.wire.lastCallOf.get(requestId);
    const { maxAttempts } = this.limits.retry;
    switch (reason) {
      case 'refused by WebEngage':
        return call !== undefined && isRefusedForGood(call, maxAttempts) && !maySplit(call);
      case 'attempts exhausted':
        return call !== undefined && call.counted <= maxAttempts && call.counted + call.refusedAlone >= maxAttempts;
      case 'idempotency window over':
        return call?.windowStartedAt !== undefined && call.outcomeUnknown;
      case 'dropped from full buffer':
        // The second acceptance finds no room; if it dropped something, a third could, and so on.
        return this.limits.overflow === 'drop-oldest' && this.acceptancesUnderWay === 1;
      case 'shut down':
        return this.isClosed;
      case 'retry too late':
      case 'not stored':
        return false;
    }
  }
}

/** A 4xx or 3xx that a re-attempt cannot change. Refused access may pass, unless it is this call's own. */
function isRefusedForGood({ answer, counted, refusedAlone }: SeenCall, maxAttempts: number): boolean {
  const status = answer?.status ?? 0;
  if ([401, 403, 404].includes(status)) return refusedAlone > 0 && counted + refusedAlone >= maxAttempts;
  return status >= 300 && status < 500 && status !== 408 && status !== 429;
}

function bytesOf(acceptances: readonly Acceptance[]): number {
  return acceptances.reduce((sum, { envelope }) => sum + envelope.bytes, 0);
}

function bulkIdOf(call: SeenCall | undefined): string | undefined {
  return call?.kind === 'bulk' ? call.requestId : undefined;
}
