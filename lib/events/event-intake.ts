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
import { WebEngageError } from '../errors/webengage.error.js';
import type { Acceptance } from '../instrumentation/instrumentation.js';
import type { Observer } from '../instrumentation/observer.js';
import { AcceptanceTime } from './acceptance-time.js';
import { DASHBOARD_EVENT_NAMES } from './constraints/system-events.js';
import { MAX_VIOLATIONS, type Violation } from './constraints/violation.js';
import type { EventReader } from './event-reader.js';
import type { EventReading } from './read-event.js';
import { RefusalLog } from './refusal-log.js';
import type { TrackReceipt, TrackState } from './track-receipt.js';
import type { GuardFindings, TypeGuard } from './type-guard.js';

export interface IntakeOptions {
  readonly enabled: boolean;
  readonly onRefused: 'reject' | 'report';
}

/** A frozen event, and who observes its acceptance. */
interface FrozenEvent {
  readonly envelope: Envelope;
  readonly acceptance: Acceptance | undefined;
}

/** An event that is to be accepted, and what an earlier acceptance of it left behind. */
export interface IntakeEntry {
  readonly event: unknown;
  readonly earlier?: Pick<Envelope, 'requestId' | 'windowStartedAt'>;
  /** It failed before: what `beforeSend` made of it is not changed again. */
  readonly isRetried?: true;
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
    private readonly reader: EventReader,
    private readonly guard: TypeGuard,
    private readonly observer: Observer,
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

  /** Hands events to delivery, which takes all of them or, by throwing, none. Null stands for one that was dropped. */
  private hand(events: readonly (FrozenEvent | null)[]) {
    const frozen = events.filter((event) => event !== null);
    const states = this.deliver(frozen);
    this.ledger.skip(events.length - frozen.length);
    let next = 0;
    return events.map((event): MaybePromise<TrackReceipt> => {
      if (event) return receipt(event.envelope.requestId, states[next++]);
      return { requestId: this.requestIds.next(), state: 'skipped' };
    });
  }

  private deliver(events: readonly FrozenEvent[]): readonly MaybePromise<TrackState>[] {
    if (events.length === 0) return [];
    if (!this.options.enabled) {
      this.ledger.skip(events.length);
      return events.map(() => 'disabled');
    }
    try {
      const states = this.delivery.accept(events.map(({ envelope }) => envelope));
      this.refusals.accepted(events.length);
      for (const { acceptance } of events) acceptance?.end();
      return states;
    } catch (error) {
      for (const { acceptance } of events) acceptance?.end(error as Error);
      throw error;
    }
  }

  private freeze(entries: readonly IntakeEntry[], found: GuardFindings): (FrozenEvent | null)[] {
    const acceptedAt = Date.now();
    const readings = this.read(entries, this.acceptanceTime.textAt(acceptedAt));
    // Only now, when none of the users' code runs any more: what it tracked meanwhile has taught what it taught.
    return this.guarded(readings, entries, found).map(
      (reading, index) => reading && this.frozen(reading, entries[index]?.earlier, acceptedAt),
    );
  }

  /** Reads all of them before any is accepted. Null stands for one that `beforeSend` dropped. */
  private read(entries: readonly IntakeEntry[], time: string | undefined): (EventReading | null)[] {
    const readings: (EventReading | null)[] = [];
    const violations: Violation[] = [];
    let bytes = 0;
    let kept = 0;
    for (const entry of entries) {
      const { position } = entry;
      const reading = this.readOne(entry, time);
      readings.push(reading);
      if (reading && reading.violations.length > 0) violations.push(...locate(reading.violations, position));
      if (violations.length >= MAX_VIOLATIONS) break;
      if (reading === null || violations.length > 0) continue;
      // Before all of them are read: what finds no room is not to be held in memory first.
      const events = this.reader.mayDrop ? ++kept : entries.length;
      this.delivery.checkRoom({ events, bytes: (bytes += reading.bytes) });
    }
    if (violations.length > 0) throw new EventValidationError(violations, onlyNameOf(readings));
    return readings;
  }

  private readOne({ event, findings = [], isRetried, position }: IntakeEntry, time: string | undefined) {
    try {
      return this.reader.read(event, time, findings, isRetried === undefined);
    } catch (error) {
      if (position === undefined) throw error;
      throw new WebEngageError(`${position.slice(0, -1)}: ${(error as Error).message}`);
    }
  }

  /** The events as they may be sent, in the light of the types that their attributes have. */
  private guarded(readings: readonly (EventReading | null)[], entries: readonly IntakeEntry[], found: GuardFindings) {
    const guarded = readings.map((reading, index) =>
      // What may have arrived goes as it went before: WebEngage recognises it.
      reading === null || entries[index]?.earlier ? reading : this.guard.check(reading, found),
    );
    const violations = guarded.flatMap((reading, index) => locate(reading?.violations ?? [], entries[index]?.position));
    if (violations.length > 0) throw new EventValidationError(violations.slice(0, MAX_VIOLATIONS), onlyNameOf(guarded));
    return guarded;
  }

  private frozen(reading: EventReading, earlier: IntakeEntry['earlier'], acceptedAt: number): FrozenEvent {
    this.remarkOn(reading);
    const requestId = earlier?.requestId ?? this.requestIds.next();
    const acceptance = this.options.enabled ? this.observer.accept(requestId, reading.body) : undefined;
    const envelope: Envelope = {
      requestId,
      eventName: reading.body.eventName,
      json: reading.json,
      bytes: reading.bytes,
      acceptedAt,
      windowStartedAt: earlier?.windowStartedAt,
    };
    return { envelope: acceptance?.trace ? { ...envelope, trace: acceptance.trace } : envelope, acceptance };
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

function onlyNameOf([reading, another]: readonly (EventReading | null)[]): string | undefined {
  const eventName: unknown = reading?.body.eventName;
  return another === undefined && typeof eventName === 'string' ? eventName : undefined;
}

function locate(violations: readonly Violation[], position: string | undefined): readonly Violation[] {
  if (position === undefined || violations.length === 0) return violations;
  return violations.map(({ path, rule, message }) => ({
    path: position + path,
    rule,
    message: position + message,
  }));
}
