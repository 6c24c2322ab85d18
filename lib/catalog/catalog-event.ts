import type { AttributeType } from '../events/constraints/attribute-type.js';

/** An attribute as an event class declares it. */
export interface CatalogAttribute {
  /** WebEngage's name of it. */
  readonly name: string;
  /** The class's property. */
  readonly property: string;
  readonly type: AttributeType;
  readonly isOptional: boolean;
  readonly description: string | undefined;
  readonly example: unknown;
}

/** An event as a class declares it. */
export interface CatalogEvent {
  readonly eventName: string;
  readonly className: string;
  readonly description: string | undefined;
  readonly attributes: readonly CatalogAttribute[];
}

/** Something that is wrong with a catalog. */
export interface CatalogProblem {
  /** Where: `AddedToCart`, `AddedToCart.price`. */
  readonly place: string;
  /** What is wrong, worded so that the place can stand before it. */
  readonly message: string;
}

/** What was read of event classes. The events are to be used only if there are no problems. */
export interface CatalogReading {
  readonly events: readonly CatalogEvent[];
  readonly problems: readonly CatalogProblem[];
}
