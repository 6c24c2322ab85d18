import type { DeliveryStats } from '../../delivery/ledger.js';
import type { ConflictingAttribute, TypeConflicts } from '../../events/type-conflicts.js';
import type { RecordingDelivery } from './recording.delivery.js';
import type { TrackedEvent } from './tracked-event.js';

/** What became of events since the recording was cleared last. */
export interface TrackedCounts extends Pick<DeliveryStats, 'refused' | 'skipped' | 'evaluating' | 'typeConflicts'> {
  readonly recorded: number;
}

/** The recorded events of one account. `trackedEvents(app)` finds it. */
export class TrackedEvents {
  constructor(
    private readonly recordings: readonly RecordingDelivery[],
    private readonly conflicts: readonly TypeConflicts[],
  ) {}

  /** The name of the module's `account`, if it has one. */
  get account(): string | undefined {
    return this.recordings[0]?.account;
  }

  /** All of them, in the order in which they were tracked; of several modules without a name, module by module. */
  all(): TrackedEvent[] {
    return this.recordings.flatMap((recording) => recording.events());
  }

  /** Those of one name. */
  named(eventName: string): TrackedEvent[] {
    return this.all().filter((event) => event.eventName === eventName);
  }

  /** Forgets what was recorded and counted so far, between two tests that share an application for example. */
  clear(): void {
    for (const recording of this.recordings) recording.clear();
    for (const conflicts of this.conflicts) conflicts.clear();
  }

  /**
   * The attributes that came with another data type than they have, or as the 26th of their type, since `clear()`: in
   * production WebEngage would silently drop them.
   */
  typeConflicts(): ConflictingAttribute[] {
    return this.conflicts.flatMap((conflicts) => conflicts.list());
  }

  /** Why events were refused since `clear()`: the last ten reasons, as they stand in the log. */
  refusals(): string[] {
    return this.recordings.flatMap((recording) => recording.refusals());
  }

  /**
   * How many events were recorded, refused and skipped since `clear()`, and how many events of `@TrackEvent()` still wait
   * for a promise of one of its functions.
   */
  counts(): TrackedCounts {
    const counts = { recorded: this.all().length, refused: 0, skipped: 0, evaluating: 0, typeConflicts: 0 };
    for (const recording of this.recordings) {
      const { refused, skipped, evaluating, typeConflicts } = recording.counts();
      counts.refused += refused;
      counts.skipped += skipped;
      counts.evaluating += evaluating;
      counts.typeConflicts += typeConflicts;
    }
    return counts;
  }
}
