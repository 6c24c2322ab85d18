import { type AttributeType, attributeTypeOf } from '../../events/constraints/attribute-type.js';
import { limits } from '../../events/constraints/limits.js';
import type { Drop } from '../arrivals/sandbox-event.js';

/** What the sandbox knows of one attribute's type. */
export interface LockedAttribute {
  readonly name: string;
  readonly type: AttributeType;
  /** When its first data point came in, in milliseconds since 1970. */
  readonly since: number;
  /** How many data points of other types were dropped, by their type. */
  readonly conflicts: Readonly<Partial<Record<AttributeType, number>>>;
}

/** The attributes of one event and their types, as its data points so far have locked them. */
export interface LockedTypes {
  readonly licenseCode: string;
  readonly eventName: string;
  readonly attributes: readonly LockedAttribute[];
  /** How many attributes each type has, of the 25 that it may have. */
  readonly perType: Readonly<Partial<Record<AttributeType, number>>>;
  /** How many data points were dropped because their type had 25 attributes already. */
  readonly refused: Readonly<Partial<Record<AttributeType, number>>>;
}

/** How many more attributes all accounts of a sandbox may have. */
export interface AttributeRoom {
  left: number;
}

type Counts = Partial<Record<AttributeType, number>>;

interface EventTypes {
  readonly attributes: Map<string, LockedAttribute & { readonly conflicts: Counts }>;
  readonly perType: Counts;
  readonly refused: Counts;
}

/**
 * An account's memory of attribute types: the first data point fixes an attribute's type for ever, and an event may
 * have 25 attributes of each type over all its instances.
 */
export class AttributeTypes {
  private readonly events = new Map<string, EventTypes>();

  constructor(private readonly room: AttributeRoom) {}

  /** How many attributes it has learnt. */
  get size(): number {
    let size = 0;
    for (const { attributes } of this.events.values()) size += attributes.size;
    return size;
  }

  /** Learns an attribute's type from its first data point; says why a later one is dropped. */
  learn(eventName: string, attribute: string, value: unknown, path: string, now: number): Drop | undefined {
    const type = attributeTypeOf(value);
    if (type === undefined) return undefined;
    const { attributes, perType, refused } = this.typesOf(eventName);
    const locked = attributes.get(attribute);
    if (locked) return locked.type === type ? undefined : conflict(locked, type, path);
    if ((perType[type] ?? 0) >= limits.attributesPerType) {
      count(refused, type);
      return oneTooMany(eventName, type, path);
    }
    if (this.room.left === 0) return undefined;
    this.room.left--;
    count(perType, type);
    attributes.set(attribute, { name: attribute, type, since: now, conflicts: {} });
    return undefined;
  }

  list(licenseCode: string): LockedTypes[] {
    return [...this.events].map(([eventName, { attributes, perType, refused }]) => ({
      licenseCode,
      eventName,
      attributes: [...attributes.values()].map((attribute) => ({
        ...attribute,
        conflicts: { ...attribute.conflicts },
      })),
      perType: { ...perType },
      refused: { ...refused },
    }));
  }

  private typesOf(eventName: string): EventTypes {
    let types = this.events.get(eventName);
    if (!types) {
      types = { attributes: new Map(), perType: {}, refused: {} };
      if (this.room.left > 0) this.events.set(eventName, types);
    }
    return types;
  }
}

function count(counts: Counts, type: AttributeType): void {
  counts[type] = (counts[type] ?? 0) + 1;
}

function conflict(locked: LockedAttribute & { readonly conflicts: Counts }, type: AttributeType, path: string): Drop {
  count(locked.conflicts, type);
  return {
    path,
    rule: 'typeConflict',
    message: `${path} is a ${type}, but the first data point made this attribute a ${locked.type}`,
    fix: `Send a ${locked.type} again, or give what is a ${type} now an attribute name of its own: a type never changes.`,
  };
}

function oneTooMany(eventName: string, type: AttributeType, path: string): Drop {
  return {
    path,
    rule: 'attributesPerType',
    message: `${path} is one too many: the event "${eventName}" has ${limits.attributesPerType} attributes of type ${type} already`,
    fix: 'Use one of the names that the event has already (Types lists them, and GET /api/types), or another event.',
  };
}
