import type { AttributeType } from '../../events/constraints/attribute-type.js';
import type { CatalogEvent } from '../catalog-event.js';

/** An attribute as the code declares it. */
export interface DeclaredAttribute {
  readonly type: AttributeType;
  /** Where: `AddedToCart.price`. */
  readonly place: string;
}

/** An event as all classes that declare it do so together. */
export interface DeclaredEvent {
  /** Sorted, each once. */
  readonly classes: readonly string[];
  readonly attributes: ReadonlyMap<string, DeclaredAttribute>;
}

/** The events of a catalog by name, in whatever order their classes were found. */
export function declaredEvents(catalog: readonly CatalogEvent[]): Map<string, DeclaredEvent> {
  const events = new Map<string, DeclaredEvent>();
  const inOrder = [...catalog].sort((event, other) => (event.className < other.className ? -1 : 1));
  for (const { eventName, className, attributes } of inOrder) {
    const { classes, attributes: others } = events.get(eventName) ?? { classes: [], attributes: new Map() };
    const own = attributes.map(
      ({ name, type, property }) => [name, { type, place: `${className}.${property}` }] as const,
    );
    events.set(eventName, {
      classes: [...new Set([...classes, className])],
      attributes: new Map<string, DeclaredAttribute>([...own, ...others]),
    });
  }
  return events;
}
