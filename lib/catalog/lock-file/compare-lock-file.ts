import type { CatalogEvent } from '../catalog-event.js';
import { compareAttributes } from './compare-attributes.js';
import { type DeclaredEvent, declaredEvents } from './declared-events.js';
import { byName, type EventTypes, isDeclared, NO_TYPES, toTypesByEvent } from './event-types.js';
import { likelyRenames } from './likely-renames.js';
import type { LockDifference } from './lock-difference.js';
import type { LockFile } from './lock-file.js';
import { mergeCatalog } from './merge-catalog.js';
import { passedLimits } from './passed-limits.js';

type Declared = ReadonlyMap<string, DeclaredEvent>;
type Locked = ReadonlyMap<string, EventTypes>;

/**
 * Finds in what a catalog differs from a lock file; nothing exactly if the catalog would leave the lock file as it is,
 * and no limit is passed. In the order of the events' names.
 */
export function compareWithLockFile(catalog: readonly CatalogEvent[], lockFile: LockFile): LockDifference[] {
  const declared: Declared = new Map(byName(declaredEvents(catalog)));
  const locked: Locked = new Map(byName(toTypesByEvent(lockFile)));
  return [
    ...compareEvents(declared, locked),
    ...[...declared].flatMap(([name, event]) => compareEvent(name, event, locked.get(name) ?? NO_TYPES)),
    ...passedLimits(mergeCatalog(lockFile, catalog)).map((limit) => ({ kind: 'limit passed', ...limit }) as const),
  ].sort((difference, other) => compareNames(difference.eventName, other.eventName));
}

/** Events that only one of the two has. */
function compareEvents(declared: Declared, locked: Locked): LockDifference[] {
  const removed = [...locked].filter(([name, types]) => isDeclared(types) && !declared.has(name));
  const added = [...declared].filter(([name]) => !isDeclared(locked.get(name) ?? NO_TYPES));
  const renames = renamesBetween(removed, added);
  const newNames = new Set(renames.values());
  return [
    ...removed.map(([eventName, { classes }]): LockDifference => {
      const newName = renames.get(eventName);
      if (newName === undefined) return { kind: 'event removed', eventName, classes };
      return { kind: 'event renamed', eventName, newName, classes: declared.get(newName)?.classes ?? [] };
    }),
    ...added
      .filter(([eventName]) => !newNames.has(eventName))
      .map(([eventName, { classes }]): LockDifference => {
        const isKnown = locked.has(eventName);
        return isKnown
          ? { kind: 'classes changed', eventName, classes, locked: [] }
          : { kind: 'event added', eventName, classes };
      }),
  ];
}

/** An event whose class is the same, or else one whose name is alike. */
function renamesBetween(
  removed: readonly [string, EventTypes][],
  added: readonly [string, DeclaredEvent][],
): Map<string, string> {
  const eventOf = new Map(added.flatMap(([eventName, { classes }]) => classes.map((name) => [name, eventName])));
  const renames = new Map<string, string>();
  const taken = new Set<string>();
  for (const [eventName, { classes }] of removed) {
    const newName = classes.map((name) => eventOf.get(name)).find((name) => name !== undefined && !taken.has(name));
    if (newName === undefined) continue;
    renames.set(eventName, newName);
    taken.add(newName);
  }
  const goneLeft = removed.map(([name]) => name).filter((name) => !renames.has(name));
  const addedLeft = added.map(([name]) => name).filter((name) => !taken.has(name));
  return new Map([...renames, ...likelyRenames(goneLeft, addedLeft)]);
}

/** Of an event that is new to the lock file only the types matter that it has all the same. */
function compareEvent(eventName: string, event: DeclaredEvent, types: EventTypes): LockDifference[] {
  const differences = compareAttributes(eventName, event, types);
  if (!isDeclared(types)) return differences.filter(({ kind }) => kind === 'type changed');
  const locked = [...new Set(types.classes)].sort();
  if (locked.join() === event.classes.join()) return differences;
  return [{ kind: 'classes changed', eventName, classes: event.classes, locked }, ...differences];
}

function compareNames(name: string, other: string): number {
  if (name === other) return 0;
  return name < other ? -1 : 1;
}
