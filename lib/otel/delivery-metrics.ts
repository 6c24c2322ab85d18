import type {
  Attributes,
  BatchObservableCallback,
  BatchObservableResult,
  Context,
  Histogram,
  Meter,
  Observable,
} from '@opentelemetry/api';
import type { FailureReason } from '../delivery/delivery-events.js';
import type { DeliveryHealth } from '../delivery/health/delivery-health.js';
import type { HoldReason } from '../delivery/hold-listener.js';
import type { DeliveryStats } from '../delivery/ledger.js';
import type { InstrumentedModule } from '../instrumentation/instrumentation.js';
import { createInstruments, type Instruments } from './instruments.js';
import { accountAttribute, OWN_ATTRIBUTE } from './names.js';

/** Shown from the start, so that the first of each can be seen to come. */
const NO_FAILURES: Readonly<Record<FailureReason, number>> = {
  'refused by WebEngage': 0,
  'attempts exhausted': 0,
  'retry too late': 0,
  'idempotency window over': 0,
  'dropped from full buffer': 0,
  'not stored': 0,
  'shut down': 0,
};
const NOT_HELD: Readonly<Record<HoldReason, number>> = { 'host down': 0, 'access refused': 0 };

/** What a module knows of itself at one moment. */
interface Reading {
  readonly stats: DeliveryStats;
  readonly health: DeliveryHealth;
}

/** Shows modules' books whenever metrics are collected, and how long attempts take. */
export class DeliveryMetrics {
  private attemptDuration: Histogram | undefined;

  constructor(private readonly meter: () => Meter) {}

  /**
   * Shows a module.
   *
   * @returns called when it has stopped: what it came to is shown once more, by when its last events are in it
   */
  show(module: InstrumentedModule): () => void {
    const attributes = accountAttribute(module.account);
    const read = (): Reading => ({ stats: module.stats(), health: module.health() });
    const meter = this.meter();
    // Anew for each module: an attempt that was made earlier may have found no provider yet.
    const instruments = createInstruments(meter);
    this.attemptDuration = instruments.attemptDuration;
    const stop = observe(meter, instruments, (result) => report(result, instruments, read(), attributes));
    return () => {
      stop();
      const last = read();
      const stopLast = observe(meter, instruments, (result) => {
        report(result, instruments, last, attributes);
        // Not at once: whoever collects is going through the callbacks.
        queueMicrotask(stopLast);
      });
    };
  }

  /** An attempt has ended. */
  record(seconds: number, attributes: Attributes, within: Context | undefined): void {
    this.attemptDuration ??= createInstruments(this.meter()).attemptDuration;
    this.attemptDuration.record(seconds, attributes, within);
  }
}

/** @returns called when it is to be observed no longer */
function observe(meter: Meter, { observables }: Instruments, callback: BatchObservableCallback): () => void {
  const all = Object.values<Observable>({ ...observables });
  meter.addBatchObservableCallback(callback, all);
  return () => meter.removeBatchObservableCallback(callback, all);
}

function report(
  result: BatchObservableResult,
  { observables }: Instruments,
  { stats, health }: Reading,
  attributes: Attributes,
): void {
  const { failed, oldestPendingAge, quotaUse, paused, ...counters } = observables;
  for (const [name, counter] of Object.entries(counters)) {
    result.observe(counter, stats[name as keyof typeof counters], attributes);
  }
  for (const [reason, events] of Object.entries({ ...NO_FAILURES, ...health.failedByReason })) {
    result.observe(failed, events, { ...attributes, [OWN_ATTRIBUTE.failureReason]: reason });
  }
  for (const [kind, use] of Object.entries(health.quotaUse)) {
    result.observe(quotaUse, use, { ...attributes, [OWN_ATTRIBUTE.callKind]: kind });
  }
  for (const reason of Object.keys(NOT_HELD)) {
    const isHeld = health.pausedReason === reason;
    result.observe(paused, isHeld ? 1 : 0, { ...attributes, [OWN_ATTRIBUTE.pauseReason]: reason });
  }
  const age = health.oldestPendingAge ?? (stats.pending === 0 ? 0 : undefined);
  if (age !== undefined) result.observe(oldestPendingAge, age / 1000, attributes);
}
