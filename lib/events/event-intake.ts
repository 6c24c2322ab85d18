import { quote } from '../common/describe-value.js';
import type { Log } from '../common/log.js';
import { isPromiseLike, type MaybePromise } from '../common/maybe-promise.js';
import { OnceLog } from '../common/once-log.js';
import type { Delivery } from '../delivery/delivery.js';
import type { Envelope } from '../delivery/envelope.js';
import type { Ledger } from '../delivery/ledger.js';
import type { RequestIds } from '../delivery/request-ids.js';
import { EventValidationError } from '../errors/event-validation.error.js';
import { ShutDownError } from '../errors/shut-down.error.js';
import { AcceptanceTime } from './acceptance-time.js';
import { DASHBOARD_EVENT_NAMES } from './constraints/system-events.js';
import { MAX_VIOLATIONS, type Violation } from './constraints/violation.js';
import { type EventReading, readEvent } from './read-event.js';
import { RefusalLog } from './refusal-log.js';
import type { TrackReceipt, TrackState } from './track-receipt.js';
import type { GuardFindings, TypeGuard } from './type-guard.js';

export interface IntakeOptions {
  readonly enabled: boolean;
  readonly maxEventBytes: number;
  readonly onRefused: 'reject' | 'report';
}

/** An event that is to be accepted, and what an earlier acceptance of it left behind. */
export interface IntakeEntry {
  readonly event: unknown;
  readonly earlier?: Pick<Envelope, 'requestId' | 'windowStartedAt'>;
  /** What is wrong with it that only its class knows. */
  readonly findings?: readonly Violation[];
  /** Where the event stands in the caller's array, as the first part of its violations' paths: `[2].`. */
  readonly position?: string;
}

/** The way in: holds events against the rules, freezes them, and hands them to delivery, all of them or none. */
export class EventIntake {
  private readonly refusals: RefusalLog;
  private readonly remarks: OnceLog;
  private readonly acceptanceTime = new AcceptanceTime();
  private isClosed = false;

  constructor(
    private readonly options: IntakeOptions,
    private readonly delivery: Delivery,
    private readonly ledger: Ledger,
    private readonly requestIds: RequestIds,
    private readonly guard: TypeGuard,
    log: Log,
  ) {
    this.refusals = new RefusalLog(log, options.onRefused, () => ledger.pending);
    this.remarks = new OnceLog(log);
  }

  /** From now on every event is refused. */
  close(): void {
    this.isClosed = true;
  }

  /** Takes all the entries, or refuses all of them: by throwing, or in their receipts where `onRefused` says so. */
  take(entries: readonly IntakeEntry[]): MaybePromise<TrackReceipt>[] {
    const found = this.guard.begin();
    try {
      if (this.isClosed) throw new ShutDownError();
      const receipts = this.hand(this.freeze(entries, found));
      this.guard.keep(found);
      return receipts;
    } catch (error) {
      this.guard.forget(found);
      return this.refuse(error as Error, entries);
    }
  }

  /** Refuses events: by throwing, or in their receipts where `onRefused` says so. */
  refuse(error: Error, entries: readonly Pick<IntakeEntry, 'earlier'>[]): TrackReceipt[] {
    const requestIds = entries.map(({ earlier }) => earlier?.requestId ?? this.requestIds.next());
    this.ledger.refuse(requestIds.length, error.message);
    this.refusals.refused(error, requestIds);
    if (this.options.onRefused === 'reject') throw error;
    return requestIds.map((requestId) => ({ requestId, state: 'refused' }));
  }

  /** Hands envelopes to delivery, which takes all of them or, by throwing, none. */
  private hand(envelopes: readonly Envelope[]): MaybePromise<TrackReceipt>[] {
    if (!this.options.enabled) {
      this.ledger.skip(envelopes.length);
      return envelopes.map(({ requestId }) => ({ requestId, state: 'disabled' }));
    }
    const states = this.delivery.accept(envelopes);
    this.refusals.accepted(envelopes.length);
    return envelopes.map(({ requestId }, index) => receipt(requestId, states[index] as TrackState));
  }

  private freeze(entries: readonly IntakeEntry[], found: GuardFindings): Envelope[] {
    const acceptedAt = Date.now();
    const time = this.acceptanceTime.textAt(acceptedAt);
    const readings: EventReading[] = [];
    const violations: Violation[] = [];
    let bytes = 0;
    for (const { event, findings, position } of entries) {
      const reading = readEvent(event, time, this.options.maxEventBytes, findings);
      readings.push(reading);
      if (reading.violations.length > 0) violations.push(...locate(reading.violations, position));
      if (violations.length >= MAX_VIOLATIONS) break;
      // Before all of them are read: what finds no room is not to be held in memory first.
      if (violations.length === 0) this.delivery.checkRoom({ events: entries.length, bytes: (bytes += reading.bytes) });
    }
    if (violations.length > 0) throw new EventValidationError(violations, onlyNameOf(readings));
    // Only now, when none of the users' code runs any more: what it tracked meanwhile has taught what it taught.
    return this.guarded(readings, entries, found).map((reading, index) =>
      this.envelope(reading, entries[index]?.earlier, acceptedAt),
    );
  }

  /** The events as they may be sent, in the light of the types that their attributes have. */
  private guarded(readings: readonly EventReading[], entries: readonly IntakeEntry[], found: GuardFindings) {
    const guarded = readings.map((reading, index) =>
      // What may have arrived goes as it went before: WebEngage recognises it.
      entries[index]?.earlier ? reading : this.guard.check(reading, found),
    );
    const violations = guarded.flatMap((reading, index) => locate(reading.violations, entries[index]?.position));
    if (violations.length > 0) throw new EventValidationError(violations.slice(0, MAX_VIOLATIONS), onlyNameOf(guarded));
    return guarded;
  }

  private envelope(reading: EventReading, earlier: IntakeEntry['earlier'], acceptedAt: number): Envelope {
    this.remarkOn(reading);
    return {
      requestId: earlier?.requestId ?? this.requestIds.next(),
      eventName: reading.body.eventName,
      json: reading.json,
      bytes: reading.bytes,
      acceptedAt,
      windowStartedAt: earlier?.windowStartedAt,
    };
  }

  private remarkOn({ body: { eventName }, unknownFields, anonymousIdLeftOut }: EventReading): void {
    for (const field of unknownFields) {
      this.remarks.say('warn', `The field ${quote(field)} is left out: WebEngage knows no such field of an event`);
    }
    if (DASHBOARD_EVENT_NAMES.has(eventName)) {
      this.remarks.say(
        'warn',
        `"${eventName}" is the name of a system event on WebEngage's dashboard: reports will mix the two up`,
      );
    }
    if (anonymousIdLeftOut) {
      this.remarks.say('debug', 'anonymousId is left out of events that have a userId: WebEngage ignores it there');
    }
  }
}

function receipt(requestId: string, state: MaybePromise<TrackState>): MaybePromise<TrackReceipt> {
  return isPromiseLike(state) ? state.then((settled) => ({ requestId, state: settled })) : { requestId, state };
}

function onlyNameOf([reading, another]: readonly EventReading[]): string | undefined {
  const eventName: unknown = reading?.body.eventName;
  return another === undefined && typeof eventName === 'string' ? eventName : undefined;
}

function locate(violations: readonly Violation[], position: string | undefined): readonly Violation[] {
  if (position === undefined) return violations;
  return violations.map(({ path, rule, message }) => ({
    path: position + path,
    rule,
    message: position + message,
  }));
}
