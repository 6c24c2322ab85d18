import type { DeliveryStats } from '../../delivery/ledger.js';
import type { RecordingDelivery } from './recording.delivery.js';
import type { TrackedEvent } from './tracked-event.js';

/** What became of events since the recording was cleared last. */
export interface TrackedCounts extends Pick<DeliveryStats, 'refused' | 'skipped' | 'evaluating'> {
  readonly recorded: number;
}

/** The recorded events of one account. `trackedEvents(app)` finds it. */
export class TrackedEvents {
  constructor(private readonly recordings: readonly RecordingDelivery[]) {}

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
  }

  /**
   * How many events were recorded, refused and skipped since `clear()`, and how many events of `@TrackEvent()` still wait
   * for a promise of one of its functions.
   */
  counts(): TrackedCounts {
    const counts = { recorded: this.all().length, refused: 0, skipped: 0, evaluating: 0 };
    for (const recording of this.recordings) {
      const { refused, skipped, evaluating } = recording.counts();
      counts.refused += refused;
      counts.skipped += skipped;
      counts.evaluating += evaluating;
    }
    return counts;
  }
}
