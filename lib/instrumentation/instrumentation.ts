import type { DeliveryHealth } from '../delivery/health/delivery-health.js';
import type { DeliveryStats } from '../delivery/ledger.js';
import type { TraceContext } from '../delivery/trace-context.js';
import type { CallKind } from '../http/outgoing-call.js';

/** What metrics are read from, whenever they are collected. */
export interface InstrumentedModule {
  /** The name of the module's `account`, if it has one. */
  readonly account: string | undefined;
  stats(): DeliveryStats;
  health(): DeliveryHealth;
}

/** An event that is being accepted. Its data is not in here. */
export interface AcceptedEvent {
  readonly account: string | undefined;
  readonly requestId: string;
  readonly eventName: string;
  readonly userId: string | undefined;
  readonly anonymousId: string | undefined;
}

/** What is made of an event that is being accepted. */
export interface Acceptance {
  /** Kept with the event, wherever it is stored. */
  readonly trace?: TraceContext;
  /** Delivery took it, or did not, for this error. */
  end(error?: Error): void;
}

/** One attempt to deliver. */
export interface DeliveryAttempt {
  readonly account: string | undefined;
  readonly kind: CallKind;
  /** Sent as `x-request-id`. */
  readonly requestId: string;
  /** The API's origin. */
  readonly host: string;
  /** The how many-th attempt it is, from 1. */
  readonly attempt: number;
  /** What the call carries; empty where a delivery of one's own does not say so. */
  readonly events: readonly { readonly eventName: string; readonly requestId: string; readonly trace?: TraceContext }[];
}

/** What an attempt came to. */
export interface AttemptOutcome {
  readonly queued: boolean;
  /** WebEngage's status; undefined when no answer came. */
  readonly status: number | undefined;
  /** WebEngage's words, or what kept it from answering. */
  readonly message: string;
}

/** Follows one attempt. */
export interface AttemptObserver {
  /** Sends, within a context of one's own. */
  run?<Result>(send: () => Result): Result;
  end(outcome: AttemptOutcome): void;
}

/**
 * Is told of what happens to events, for traces and metrics: `openTelemetry()` of `nestjs-webengage/otel` makes one. It
 * gets neither the events' data nor the key. What it throws is logged once, and changes nothing for the event.
 */
export interface Instrumentation {
  /**
   * The application has booted.
   *
   * @returns called when it has shut down
   */
  start?(module: InstrumentedModule): (() => void) | void;
  /** An event is valid, and about to be handed to delivery. */
  accept?(event: AcceptedEvent): Acceptance | undefined;
  /** A call is about to be sent. */
  attempt?(attempt: DeliveryAttempt): AttemptObserver | undefined;
}
