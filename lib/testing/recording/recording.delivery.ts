import type { Delivery } from '../../delivery/delivery.js';
import type { DeliveryTools } from '../../delivery/delivery-tools.js';
import type { Envelope } from '../../delivery/envelope.js';
import type { DeliveryStats } from '../../delivery/ledger.js';
import { type Load, loadOf, RunningLoad } from '../../delivery/pending-bounds.js';
import type { TrackState } from '../../events/track-receipt.js';
import { RecordingFullError } from './recording-full.error.js';
import { toTrackedEvent, type TrackedEvent } from './tracked-event.js';

const MAX_EVENTS = 100_000;
const MAX_BYTES = 256 * 1_048_576;

/** Records accepted events instead of sending them. Each counts as delivered at once. */
export class RecordingDelivery implements Delivery {
  /** Shorter than the time that test runners grant a hook: a function of `@TrackEvent()` may never answer in a test. */
  readonly shutdownTimeout = 1_000;
  /** The name of the module's `account`, if it has one. */
  readonly account: string | undefined;
  private readonly recorded = new RunningLoad();
  private readonly read: TrackedEvent[] = [];
  /** Recorded, but not yet asked for: most tests ask for few of them. */
  private unread: Envelope[] = [];
  private statsWhenCleared: DeliveryStats;

  constructor(private readonly tools: DeliveryTools) {
    this.account = tools.settings.account;
    this.statsWhenCleared = tools.ledger.stats();
  }

  checkRoom({ events, bytes }: Load): void {
    const allEvents = this.recorded.events + events;
    const allBytes = this.recorded.bytes + bytes;
    if (allEvents > MAX_EVENTS) throw new RecordingFullError('maxPending', MAX_EVENTS, allEvents);
    if (allBytes > MAX_BYTES) throw new RecordingFullError('maxPendingBytes', MAX_BYTES, allBytes);
  }

  accept(envelopes: readonly Envelope[]): TrackState[] {
    const load = loadOf(envelopes);
    this.checkRoom(load);
    this.recorded.add(load);
    for (const envelope of envelopes) this.unread.push(envelope);
    this.tools.ledger.accept(envelopes);
    this.tools.ledger.deliver(envelopes, { attempts: 1 });
    return envelopes.map(() => 'delivered');
  }

  drain(): void {
    // Nothing is ever pending.
  }

  close(): Promise<void> {
    this.tools.sender.close();
    return Promise.resolve();
  }

  /** What was recorded since it was cleared last, oldest first. */
  events(): readonly TrackedEvent[] {
    for (const { json, requestId } of this.unread) this.read.push(toTrackedEvent(json, requestId));
    this.unread = [];
    return this.read;
  }

  /** What became of other events since it was cleared last, and how many still wait for a mapper's promise. */
  counts(): Pick<DeliveryStats, 'refused' | 'skipped' | 'evaluating' | 'typeConflicts'> {
    const { refused, skipped, evaluating, typeConflicts } = this.tools.ledger.stats();
    const before = this.statsWhenCleared;
    return {
      refused: refused - before.refused,
      skipped: skipped - before.skipped,
      evaluating,
      typeConflicts: typeConflicts - before.typeConflicts,
    };
  }

  /** Why events were refused since it was cleared last: the last ten reasons. */
  refusals(): readonly string[] {
    return this.tools.ledger.refusals;
  }

  clear(): void {
    this.recorded.remove({ ...this.recorded });
    this.read.length = 0;
    this.tools.ledger.refusals.length = 0;
    this.unread = [];
    this.statsWhenCleared = this.tools.ledger.stats();
  }
}
