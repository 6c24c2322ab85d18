import type { AttributeType } from '../../events/constraints/attribute-type.js';
import type { LockFile, LockFileEvent } from './lock-file.js';

type TypesByName = ReadonlyMap<string, AttributeType>;

/** One event of a lock file, with nothing left out. In maps, for an attribute may be called `__proto__`. */
export interface EventTypes {
  readonly classes: readonly string[];
  readonly attributes: TypesByName;
  readonly undeclared: TypesByName;
}

export type TypesByEvent = ReadonlyMap<string, EventTypes>;

export const NO_TYPES: EventTypes = { classes: [], attributes: new Map(), undeclared: new Map() };

/** A lock file in which nothing is locked. */
export const EMPTY_LOCK_FILE: LockFile = { version: 1, events: {} };

export function toTypesByEvent({ events }: LockFile): TypesByEvent {
  return new Map(Object.entries(events).map(([eventName, event]) => [eventName, toEventTypes(event)]));
}

/** Sorted, and without empty parts. */
export function toLockFile(events: TypesByEvent): LockFile {
  return {
    version: 1,
    events: Object.fromEntries(byName(events).map(([eventName, types]) => [eventName, toLockFileEvent(types)])),
  };
}

/** The entries of a map in the order of their names' code units. */
export function byName<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort(([name], [other]) => (name < other ? -1 : 1));
}

/** Whether a class declares an event of a lock file. */
export function isDeclared({ classes, attributes }: EventTypes): boolean {
  return classes.length > 0 || attributes.size > 0;
}

function toEventTypes({ classes = [], attributes = {}, undeclared = {} }: LockFileEvent): EventTypes {
  return {
    classes,
    attributes: new Map(Object.entries(attributes)),
    undeclared: new Map(Object.entries(undeclared)),
  };
}

function toLockFileEvent({ classes, attributes, undeclared: others }: EventTypes): LockFileEvent {
  const undeclared = new Map([...others].filter(([name]) => !attributes.has(name)));
  return {
    ...(classes.length > 0 && { classes: [...new Set(classes)].sort() }),
    ...(attributes.size > 0 && { attributes: Object.fromEntries(byName(attributes)) }),
    ...(undeclared.size > 0 && { undeclared: Object.fromEntries(byName(undeclared)) }),
  };
}
