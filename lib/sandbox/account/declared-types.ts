import type { CatalogEvent } from '../../catalog/catalog-event.js';
import { type EventTypes, toTypesByEvent } from '../../catalog/lock-file/event-types.js';
import type { LockFile } from '../../catalog/lock-file/lock-file.js';
import { judgeType } from '../../events/constraints/attribute-lock.constraints.js';
import type { AttributeType } from '../../events/constraints/attribute-type.js';
import type { LockedAttribute } from './locked-types.js';

/** A lock file that was read, and the name by which it is spoken of. */
export interface NamedLockFile {
  readonly name: string;
  readonly lockFile: LockFile;
}

/** An attribute's type, before any data point has come in. */
export interface DeclaredAttribute extends Pick<LockedAttribute, 'name' | 'type' | 'source' | 'declaredBy'> {
  /** What declares the type, worded so that the type can follow: `AddedToCart declares it`. */
  readonly because: string;
}

/** What is declared of one event; at most 25 attributes of each type. */
export interface DeclaredEvent {
  readonly classNames: ReadonlySet<string>;
  readonly attributes: ReadonlyMap<string, DeclaredAttribute>;
  readonly perType: Readonly<Partial<Record<AttributeType, number>>>;
}

/** What is declared, by the names of events. */
export type DeclaredTypes = ReadonlyMap<string, DeclaredEvent>;

/**
 * Puts together what event classes and a lock file declare. Where the two disagree, the lock file holds: what stands
 * there, WebEngage has. Where they agree, the class is named, for that is where a reader would look.
 */
export function declareTypes(events: readonly CatalogEvent[], named: NamedLockFile | undefined): DeclaredTypes {
  const declared = new Map<string, DeclaredEventDraft>();
  const draftOf = (eventName: string): DeclaredEventDraft => {
    const draft = declared.get(eventName) ?? new DeclaredEventDraft();
    declared.set(eventName, draft);
    return draft;
  };
  if (named) {
    for (const [eventName, event] of toTypesByEvent(named.lockFile)) {
      draftOf(eventName).addLocked(event, named.name);
    }
  }
  for (const event of events) draftOf(event.eventName).addClass(event);
  return declared;
}

class DeclaredEventDraft implements DeclaredEvent {
  readonly classNames = new Set<string>();
  readonly attributes = new Map<string, DeclaredAttribute>();
  readonly perType: Partial<Record<AttributeType, number>> = {};

  addLocked({ classes, attributes, undeclared }: EventTypes, fileName: string): void {
    for (const className of classes) this.classNames.add(className);
    const source = { source: 'lock file', declaredBy: fileName, because: `${fileName} says it is` } as const;
    for (const [name, type] of [...attributes, ...undeclared]) {
      this.add({ name, type, ...source });
    }
  }

  addClass({ className, attributes }: CatalogEvent): void {
    this.classNames.add(className);
    const because = `${className} declares it`;
    for (const { name, type, property } of attributes) {
      this.add({ name, type, source: 'event class', declaredBy: `${className}.${property}`, because });
    }
  }

  private add(attribute: DeclaredAttribute): void {
    const { name, type } = attribute;
    const known = this.attributes.get(name);
    const count = this.perType[type] ?? 0;
    const verdict = judgeType(type, known?.type, count);
    if (verdict === 'new') this.perType[type] = count + 1;
    if (verdict === 'new' || (verdict === 'same' && known?.source === 'lock file'))
      this.attributes.set(name, attribute);
  }
}
