import type { AttributeType } from '../../events/constraints/attribute-type.js';
import type { LockedType } from '../type-lock/locked-type.js';
import { type EventTypes, NO_TYPES, toLockFile, toTypesByEvent } from './event-types.js';
import type { LockFile } from './lock-file.js';

/** What traffic has taught of an event: the types that its data points have locked. */
export interface LearnedEvent {
  readonly eventName: string;
  readonly attributes: ReadonlyMap<string, AttributeType>;
}

/** A learned type that differs from the locked one. */
export interface LearnedConflict extends LockedType {
  readonly locked: AttributeType;
  /** Whether a class declares the attribute. */
  readonly isDeclared: boolean;
}

/**
 * Adds what was learned to a lock file. Attributes that are new there are undeclared; one that is there already gets the
 * learned type, in its place.
 */
export function mergeLearned(lockFile: LockFile, learned: readonly LearnedEvent[]): LockFile {
  const events = new Map(toTypesByEvent(lockFile));
  for (const event of learned) {
    events.set(event.eventName, mergeEvent(events.get(event.eventName) ?? NO_TYPES, event));
  }
  return toLockFile(events);
}

/** Where what was learned differs from a lock file. */
export function learnedConflicts(lockFile: LockFile, learned: readonly LearnedEvent[]): LearnedConflict[] {
  const events = toTypesByEvent(lockFile);
  return learned.flatMap(({ eventName, attributes }) => {
    const { attributes: declared, undeclared } = events.get(eventName) ?? NO_TYPES;
    return [...attributes].flatMap(([attribute, type]) => {
      const locked = declared.get(attribute) ?? undeclared.get(attribute) ?? type;
      return locked === type ? [] : [{ eventName, attribute, type, locked, isDeclared: declared.has(attribute) }];
    });
  });
}

function mergeEvent(types: EventTypes, learned: LearnedEvent): EventTypes {
  const attributes = new Map(types.attributes);
  const undeclared = new Map(types.undeclared);
  for (const [name, type] of learned.attributes) (attributes.has(name) ? attributes : undeclared).set(name, type);
  return { classes: types.classes, attributes, undeclared };
}
