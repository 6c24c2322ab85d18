import 'reflect-metadata';
import type { EventType } from '../../events/event-class.js';
import type { AttributeTypeToken } from './attribute-type-token.js';

// By name, not by identity: the command may read classes that were decorated by another copy of this package.
const EVENT = 'webengage:event';
const ATTRIBUTES = 'webengage:attributes';

/** What `@WebEngageEvent()` says of a class. */
export interface EventMetadata {
  readonly eventName: unknown;
  readonly description: string | undefined;
}

/** What `@EventAttribute()` says of a property. */
export interface AttributeMetadata {
  readonly name: unknown;
  readonly property: string | symbol;
  /** The type as it was given, or as the compiler wrote it down; undefined where neither is there. */
  readonly type: AttributeTypeToken | undefined;
  /** Whether the compiler wrote it down: it says Object of all that it has no better word for. */
  readonly isInferred: boolean;
  readonly isOptional: boolean;
  readonly description: string | undefined;
  readonly example: unknown;
}

export function setEventMetadata(eventClass: object, metadata: EventMetadata): void {
  Reflect.defineMetadata(EVENT, metadata, eventClass);
}

/** What the class's own `@WebEngageEvent()` says: a subclass is another event, or none. */
export function eventMetadataOf(eventClass: object): EventMetadata | undefined {
  return Reflect.getOwnMetadata(EVENT, eventClass) as EventMetadata | undefined;
}

/** Whether something is a class with `@WebEngageEvent()`. */
export function isEventClass(value: unknown): value is EventType {
  return typeof value === 'function' && eventMetadataOf(value) !== undefined;
}

export function addAttributeMetadata(prototype: object, metadata: AttributeMetadata): void {
  const own = (Reflect.getOwnMetadata(ATTRIBUTES, prototype) ?? []) as AttributeMetadata[];
  Reflect.defineMetadata(ATTRIBUTES, [...own, metadata], prototype);
}

/** The attributes of a class and of those that it extends, the latter's first; a property that is declared anew counts once. */
export function attributeMetadataOf(prototype: object | null): AttributeMetadata[] {
  if (prototype === null || prototype === Object.prototype) return [];
  const own = (Reflect.getOwnMetadata(ATTRIBUTES, prototype) ?? []) as AttributeMetadata[];
  const declaredAnew = new Set(own.map(({ property }) => property));
  const inherited = attributeMetadataOf(Object.getPrototypeOf(prototype) as object | null);
  return [...inherited.filter(({ property }) => !declaredAnew.has(property)), ...own];
}

/** The type that the compiler wrote down for a property, under `emitDecoratorMetadata`. */
export function designTypeOf(prototype: object, property: string | symbol): unknown {
  return Reflect.getMetadata('design:type', prototype, property);
}
