import {
  judgeType,
  oneTooManyViolation,
  typeConflictViolation,
} from '../../events/constraints/attribute-lock.constraints.js';
import { type AttributeType, attributeTypeOf } from '../../events/constraints/attribute-type.js';
import type { Drop } from '../arrivals/sandbox-event.js';
import type { DeclaredAttribute, DeclaredEvent, DeclaredTypes } from './declared-types.js';
import type { LockedAttribute, LockedTypes } from './locked-types.js';

const FIRST_DATA_POINT = {
  source: 'first data point',
  because: 'the first data point made this attribute',
} as const;

/** How many more attributes all accounts of a sandbox may learn. */
export interface AttributeRoom {
  left: number;
}

type Counts = Partial<Record<AttributeType, number>>;

interface KnownAttribute extends DeclaredAttribute, Pick<LockedAttribute, 'since'> {
  readonly conflicts: Counts;
}

interface EventTypes {
  readonly attributes: Map<string, KnownAttribute>;
  readonly perType: Counts;
  readonly refused: Counts;
}

/**
 * An account's memory of attribute types: the first data point fixes an attribute's type for ever, and an event may
 * have 25 attributes of each type over all its instances. What is declared is known before.
 */
export class AttributeTypes {
  private readonly events = new Map<string, EventTypes>();
  private learnt = 0;

  constructor(
    private readonly room: AttributeRoom,
    private readonly declared: DeclaredTypes,
  ) {}

  /** How many attributes it has learnt; those that are declared take no room. */
  get size(): number {
    return this.learnt;
  }

  /** Learns an attribute's type from its first data point; says why a later one is dropped. */
  learn(eventName: string, name: string, value: unknown, path: string, now: number): Drop | undefined {
    const type = attributeTypeOf(value);
    if (type === undefined) return undefined;
    const { attributes, perType, refused } = this.typesOf(eventName);
    const locked = attributes.get(name);
    const verdict = judgeType(type, locked?.type, perType[type] ?? 0);
    if (verdict === 'conflict' && locked) return conflict(locked, type, path);
    if (verdict === 'one too many') {
      count(refused, type);
      return oneTooMany(eventName, type, path);
    }
    if (verdict === 'same' || this.room.left === 0) return undefined;
    this.room.left--;
    this.learnt++;
    count(perType, type);
    attributes.set(name, { name, type, ...FIRST_DATA_POINT, since: now, conflicts: {} });
    return undefined;
  }

  list(licenseCode: string): LockedTypes[] {
    const eventNames = new Set([...this.declared.keys(), ...this.events.keys()]);
    return [...eventNames].map((eventName) => {
      const declared = this.declared.get(eventName);
      const { attributes, perType, refused } = this.events.get(eventName) ?? typesAtStart(declared);
      return {
        licenseCode,
        eventName,
        classNames: [...(declared?.classNames ?? [])],
        attributes: [...attributes.values()].map(view),
        perType: { ...perType },
        refused: { ...refused },
      };
    });
  }

  private typesOf(eventName: string): EventTypes {
    let types = this.events.get(eventName);
    if (!types) {
      const declared = this.declared.get(eventName);
      types = typesAtStart(declared);
      if (declared || this.room.left > 0) this.events.set(eventName, types);
    }
    return types;
  }
}

/** Each account counts its own conflicts. */
function typesAtStart(declared: DeclaredEvent | undefined): EventTypes {
  const attributes = new Map<string, KnownAttribute>();
  for (const [name, attribute] of declared?.attributes ?? []) attributes.set(name, { ...attribute, conflicts: {} });
  return { attributes, perType: { ...declared?.perType }, refused: {} };
}

function view({ name, type, source, declaredBy, since, conflicts }: KnownAttribute): LockedAttribute {
  return { name, type, source, declaredBy, since, conflicts: { ...conflicts } };
}

function count(counts: Counts, type: AttributeType): void {
  counts[type] = (counts[type] ?? 0) + 1;
}

function conflict(
  { type: lockedType, source, because, conflicts }: KnownAttribute,
  type: AttributeType,
  path: string,
): Drop {
  count(conflicts, type);
  const right = source === FIRST_DATA_POINT.source ? `${lockedType} again` : lockedType;
  return {
    ...typeConflictViolation(path, type, because, lockedType),
    lockedType,
    fix: `Send a ${right}, or give what is a ${type} now an attribute name of its own: a type never changes.`,
  };
}

function oneTooMany(eventName: string, type: AttributeType, path: string): Drop {
  return {
    ...oneTooManyViolation(path, type, eventName),
    fix: 'Use one of the names that the event has already (Types lists them, and GET /api/types), or another event.',
  };
}
