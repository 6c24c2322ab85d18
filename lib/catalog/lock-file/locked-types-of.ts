import type { LockedType } from '../type-lock/locked-type.js';
import { toTypesByEvent } from './event-types.js';
import type { LockFile } from './lock-file.js';

/** The data type of an attribute as a lock file tells it. */
export interface LockFileType extends LockedType {
  /** The names of the classes that declare the event. */
  readonly classes: readonly string[];
  /** Whether one of them declares the attribute. */
  readonly isDeclared: boolean;
}

/** All types of a lock file, those of an event one after the other. */
export function* lockedTypesOf(lockFile: LockFile): Iterable<LockFileType> {
  for (const [eventName, { classes, attributes, undeclared }] of toTypesByEvent(lockFile)) {
    for (const [attribute, type] of attributes) yield { eventName, attribute, type, classes, isDeclared: true };
    for (const [attribute, type] of undeclared) {
      if (!attributes.has(attribute)) yield { eventName, attribute, type, classes, isDeclared: false };
    }
  }
}
