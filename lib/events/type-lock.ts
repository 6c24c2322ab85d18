import type { AttributeType } from './constraints/attribute-type.js';
import type { Violation } from './constraints/violation.js';
import type { JsonObject } from './event-data.js';

/** An attribute that WebEngage would silently drop for its data type. */
export interface TypeConflict {
  readonly attribute: string;
  /** Why. */
  readonly violation: Violation;
}

/** What an event taught: a data type that an attribute has for ever, if the event is sent. */
export interface Lesson {
  readonly eventName: string;
  readonly attribute: string;
  readonly type: AttributeType;
}

/** What knows the data types that the attributes of events have had so far. */
export interface TypeLock {
  /**
   * Holds an event's attributes against the types that they have. Attributes that have none yet get the event's: what it
   * taught is added to `lessons`.
   */
  judge(eventName: string, data: JsonObject, lessons: Lesson[]): readonly TypeConflict[];

  /** The events that taught this were taken. */
  keep(lessons: readonly Lesson[]): void;

  /** They were not: whatever they taught is forgotten. */
  forget(lessons: readonly Lesson[]): void;
}
