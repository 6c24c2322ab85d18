import type { CatalogEvent } from '../catalog-event.js';
import { type DeclaredEvent, declaredEvents } from './declared-events.js';
import { EMPTY_LOCK_FILE, type EventTypes, NO_TYPES, toLockFile, toTypesByEvent } from './event-types.js';
import type { LockFile } from './lock-file.js';

/** The lock file of a catalog alone. */
export function lockFileOf(catalog: readonly CatalogEvent[]): LockFile {
  return mergeCatalog(EMPTY_LOCK_FILE, catalog);
}

/**
 * The lock file that a catalog makes of another: what the catalog declares has the type that it says, and what it no
 * longer declares becomes undeclared, for WebEngage forgets no attribute.
 */
export function mergeCatalog(lockFile: LockFile, catalog: readonly CatalogEvent[]): LockFile {
  const locked = toTypesByEvent(lockFile);
  const declared = declaredEvents(catalog);
  const names = new Set([...locked.keys(), ...declared.keys()]);
  return toLockFile(new Map([...names].map((name) => [name, mergeEvent(locked.get(name), declared.get(name))])));
}

function mergeEvent(
  { attributes, undeclared }: EventTypes = NO_TYPES,
  { classes, attributes: declared }: DeclaredEvent = { classes: [], attributes: new Map() },
): EventTypes {
  return {
    classes,
    attributes: new Map([...declared].map(([name, { type }]) => [name, type])),
    undeclared: new Map([...undeclared, ...attributes].filter(([name]) => !declared.has(name))),
  };
}
