import {
  type Histogram,
  type Meter,
  type Observable,
  type ObservableCounter,
  type ObservableUpDownCounter,
  ValueType,
} from '@opentelemetry/api';
import type { DeliveryStats } from '../delivery/ledger.js';

/** Those that the HTTP conventions advise for durations in seconds. */
const BOUNDARIES = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** What is shown of each count in `stats()`; `failed` stands apart, by its reasons. */
type Counters = Readonly<Record<Exclude<keyof DeliveryStats, 'failed'>, ObservableCounter | ObservableUpDownCounter>>;

export interface Observables extends Counters {
  readonly failed: Observable;
  readonly oldestPendingAge: Observable;
  readonly quotaUse: Observable;
  readonly paused: Observable;
}

/** All that metrics are shown by. */
export interface Instruments {
  readonly observables: Observables;
  readonly attemptDuration: Histogram;
}

export function createInstruments(meter: Meter): Instruments {
  const events = { unit: '{event}', valueType: ValueType.INT };
  const total = (name: string, description: string) =>
    meter.createObservableCounter(`webengage.events.${name}`, { ...events, description });
  const current = (name: string, description: string) =>
    meter.createObservableUpDownCounter(`webengage.events.${name}`, { ...events, description });
  return {
    observables: {
      accepted: total('accepted', 'Events that were checked, frozen and taken for delivery'),
      delivered: total('delivered', 'Events that WebEngage answered with "queued"'),
      failed: total('failed', 'Accepted events that were given up'),
      refused: total('refused', 'Events that were not accepted'),
      skipped: total('skipped', 'Events that nobody wanted'),
      stored: total('stored', 'Events that were handed to a store outside the process, each time that they were'),
      fetched: total('fetched', 'Events that were taken from such a store, each time that they were'),
      pending: current('pending', 'Events in the process whose outcome is open'),
      evaluating: current('evaluating', "Events of @TrackEvent() that wait for a mapper's promise"),
      typeConflicts: meter.createObservableCounter('webengage.attributes.type_conflicts', {
        description: 'Attributes that came with another data type than they have',
        unit: '{attribute}',
        valueType: ValueType.INT,
      }),
      oldestPendingAge: meter.createObservableGauge('webengage.events.oldest_pending_age', {
        description: 'How long ago the oldest pending event was accepted',
        unit: 's',
      }),
      quotaUse: meter.createObservableGauge('webengage.quota.use', {
        description: "How much of the account's quota of the minute is used up, as far as the process knows",
        unit: '1',
      }),
      paused: meter.createObservableGauge('webengage.delivery.paused', {
        description: '1 while nothing is sent for this reason, else 0',
        unit: '1',
        valueType: ValueType.INT,
      }),
    },
    attemptDuration: meter.createHistogram('webengage.attempt.duration', {
      description: 'How long attempts to deliver took',
      unit: 's',
      advice: { explicitBucketBoundaries: BOUNDARIES },
    }),
  };
}
