import type { AttributeType } from '../../events/constraints/attribute-type.js';

/** The lock file's name, unless an option says otherwise. */
export const LOCK_FILE_NAME = 'webengage.lock.json';

type AttributeTypesByName = Readonly<Record<string, AttributeType>>;

/** One event of a lock file. */
export interface LockFileEvent {
  /** The names of the classes that declare it, in order; absent where none does. */
  readonly classes?: readonly string[];
  /** The attributes that those classes declare. */
  readonly attributes?: AttributeTypesByName;
  /**
   * Attributes that no class declares, but that WebEngage has, or may have, all the same: learned from traffic, or
   * declared once. Their types are locked too, and they count among the 25 of their type.
   */
  readonly undeclared?: AttributeTypesByName;
}

/** What `webengage.lock.json` holds: the data type of every attribute of every event. */
export interface LockFile {
  readonly version: 1;
  readonly events: Readonly<Record<string, LockFileEvent>>;
}
