import { type DeclaredTypes, declareTypes } from './account/declared-types.js';
import type { LockedTypes } from './account/locked-types.js';
import type { AccountQuota, Judgement, SandboxAccount } from './account/sandbox-account.js';
import { SandboxAccounts } from './account/sandbox-accounts.js';
import { ArrivalLog, type ArrivingCall } from './arrivals/arrival-log.js';
import type { ActiveFault } from './faults/sandbox-fault.js';
import { FaultBoard } from './faults/fault-board.js';
import type { ResolvedSandboxOptions } from './resolve-sandbox-options.js';
import { SandboxClock } from './sandbox-clock.js';
import { SandboxCounts } from './sandbox-counts.js';
import type { WireEvent } from './arrivals/wire-event.js';

/** The sandbox as it is at one moment. */
export interface SandboxSnapshot {
  /** The sandbox's time, in milliseconds since 1970. */
  readonly now: number;
  readonly clockStopped: boolean;
  /** How many events it remembers. */
  readonly maxEvents: number;
  readonly counts: Readonly<
    Pick<SandboxCounts, 'calls' | 'ingested' | 'recognised' | 'refused' | 'unanswered' | 'dropped' | 'damaged'>
  > & {
    /** Events that are remembered. */
    readonly remembered: number;
    /** Events that were forgotten to make room. */
    readonly forgotten: number;
  };
  /** The quota of each account, the one that was used last first. */
  readonly quota: readonly AccountQuota[];
  readonly faults: readonly ActiveFault[];
}

/** All that one sandbox remembers. */
export class SandboxState {
  readonly clock: SandboxClock;
  readonly accounts: SandboxAccounts;
  readonly arrivals: ArrivalLog;
  readonly faults: FaultBoard;
  private readonly counts = new SandboxCounts();
  private readonly declared: DeclaredTypes;
  private readonly maxEvents: number;
  private readonly listeners = new Set<() => void>();

  constructor(options: ResolvedSandboxOptions) {
    const { now, licenseCode, quota, maxEvents, maxBytes, catalog, lockFile } = options;
    const changed = (): void => this.changed();
    this.maxEvents = maxEvents;
    this.clock = new SandboxClock(now, changed);
    this.declared = declareTypes(catalog, lockFile);
    this.accounts = new SandboxAccounts(licenseCode, quota, this.declared);
    this.arrivals = new ArrivalLog({ maxEvents, maxBytes });
    this.faults = new FaultBoard(changed);
  }

  /** Calls back at every change, until what it returns is called. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  record(arriving: ArrivingCall): void {
    this.counts.countAttempt(arriving.attempt);
    this.arrivals.record(arriving);
    this.changed();
  }

  /** The names of the classes that declare an event; undefined where none does. */
  classNamesOf(eventName: unknown): readonly string[] | undefined {
    const classNames = typeof eventName === 'string' ? this.declared.get(eventName)?.classNames : undefined;
    return classNames && classNames.size > 0 ? [...classNames] : undefined;
  }

  judge(account: SandboxAccount, event: WireEvent, now: number): Judgement {
    const judgement = account.judge(event, now);
    this.counts.countJudgement(judgement);
    return judgement;
  }

  snapshot(): SandboxSnapshot {
    const { clock, arrivals, maxEvents } = this;
    const now = clock.now();
    return {
      now,
      clockStopped: clock.isStopped,
      maxEvents,
      counts: { ...this.counts, remembered: arrivals.size, forgotten: arrivals.forgotten },
      quota: this.accounts.quotaAt(now),
      faults: this.faults.list(),
    };
  }

  types(): LockedTypes[] {
    return this.accounts.types();
  }

  /** Forgets the events and the counts; what they taught of request ids and data types stays. */
  clearEvents(): void {
    this.counts.clear();
    this.arrivals.clear();
    this.changed();
  }

  /** Forgets everything, as if it had just started; what classes and the lock file declare is known again at once. */
  reset(): void {
    this.accounts.clear();
    this.faults.clear();
    this.clock.reset();
    this.clearEvents();
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
