import type { Violation } from './constraints/violation.js';
import type { EventType } from './event-class.js';
import type { TrackEventInput } from './track-event-input.js';

/** An event of a class as a plain one. Its attributes are not checked against WebEngage's rules yet. */
export interface PlainEvent {
  readonly event: TrackEventInput;
  /** What the class itself finds wrong with it: values that are missing, or that its validators refuse. */
  readonly findings: readonly Violation[];
}

/** What knows event classes. `EventsService` knows nothing of how they are declared. */
export interface EventClasses {
  /**
   * An event given as a class and its values.
   *
   * @throws {EventValidationError} what was given is no event class, or its values cannot be read
   */
  ofClass(eventClass: EventType, event: unknown): PlainEvent;

  /**
   * An event given as an instance of its class, and what is about it.
   *
   * @throws {EventValidationError} as above
   */
  ofInstance(instance: unknown, subject: unknown): PlainEvent;
}
