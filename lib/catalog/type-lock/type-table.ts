import { ownCopy } from '../../common/own-copy.js';
import type { AttributeType } from '../../events/constraints/attribute-type.js';
import type { LockedType } from './locked-type.js';

/** What an attribute's data type is known from. */
export type TypeSource = 'first value' | 'declared' | 'shared' | 'lock file';

/** Why an attribute has its data type. One object for all attributes of which it is true: there may be very many. */
export interface TypeOrigin {
  readonly type: AttributeType;
  readonly source: TypeSource;
  /** The source in words, before the type: `AddedToCart declares it`. */
  readonly because: string;
}

/** What is known of one event. */
export interface EventTypes {
  readonly attributes: ReadonlyMap<string, TypeOrigin>;
  countOf(type: AttributeType): number;
}

export interface TableLimits {
  readonly maxEvents: number;
  readonly maxAttributes: number;
}

class Entry implements EventTypes {
  readonly attributes = new Map<string, TypeOrigin>();
  private readonly counts = new Map<AttributeType, number>();

  countOf(type: AttributeType): number {
    return this.counts.get(type) ?? 0;
  }

  set(attribute: string, origin: TypeOrigin): void {
    this.delete(attribute);
    this.attributes.set(attribute, origin);
    this.counts.set(origin.type, this.countOf(origin.type) + 1);
  }

  delete(attribute: string): void {
    const origin = this.attributes.get(attribute);
    if (origin === undefined) return;
    this.attributes.delete(attribute);
    this.counts.set(origin.type, this.countOf(origin.type) - 1);
  }
}

/** The data types of attributes by event, within bounds. */
export class TypeTable {
  private readonly events = new Map<string, Entry>();
  private readonly origins = new Map<string, TypeOrigin>();
  private attributes = 0;

  constructor(private readonly limits: TableLimits) {}

  get(eventName: string): EventTypes | undefined {
    return this.events.get(eventName);
  }

  /** All that is known. */
  *[Symbol.iterator](): Generator<LockedType> {
    for (const [eventName, { attributes }] of this.events) {
      for (const [attribute, { type }] of attributes) yield { eventName, attribute, type };
    }
  }

  /** Fixes an attribute's type, or changes it. Returns false where there is no room for it. */
  set(eventName: string, attribute: string, origin: TypeOrigin): boolean {
    let entry = this.events.get(eventName);
    const isNew = !entry?.attributes.has(attribute);
    if (isNew && this.attributes >= this.limits.maxAttributes) return false;
    if (!entry) {
      if (this.events.size >= this.limits.maxEvents) return false;
      entry = new Entry();
      this.events.set(ownCopy(eventName), entry);
    }
    entry.set(attribute, this.shared(origin));
    if (isNew) this.attributes++;
    return true;
  }

  delete(eventName: string, attribute: string): void {
    const entry = this.events.get(eventName);
    if (!entry?.attributes.has(attribute)) return;
    entry.delete(attribute);
    this.attributes--;
    if (entry.attributes.size === 0) this.events.delete(eventName);
  }

  private shared(origin: TypeOrigin): TypeOrigin {
    const key = `${origin.type}/${origin.because}`;
    const known = this.origins.get(key);
    if (known) return known;
    this.origins.set(key, origin);
    return origin;
  }
}
