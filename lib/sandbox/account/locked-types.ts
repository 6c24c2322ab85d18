import type { AttributeType } from '../../events/constraints/attribute-type.js';

/** What an attribute's type is known from. */
export type TypeSource = (typeof TYPE_SOURCES)[number];

export const TYPE_SOURCES = ['first data point', 'event class', 'lock file'] as const;

/** What the sandbox knows of one attribute's type. */
export interface LockedAttribute {
  readonly name: string;
  readonly type: AttributeType;
  readonly source: TypeSource;
  /** The class and property that declare it, `AddedToCart.price`, or the lock file's name; absent where nothing does. */
  readonly declaredBy?: string;
  /** When its first data point came in, in milliseconds since 1970; absent where it is declared. */
  readonly since?: number;
  /** How many data points of other types were dropped, by their type. */
  readonly conflicts: Readonly<Partial<Record<AttributeType, number>>>;
}

/** The attributes of one event and their types, as they were declared, or as its data points so far have locked them. */
export interface LockedTypes {
  readonly licenseCode: string;
  readonly eventName: string;
  /** The names of the classes that declare the event; empty where none does. */
  readonly classNames: readonly string[];
  readonly attributes: readonly LockedAttribute[];
  /** How many attributes each type has, of the 25 that it may have. */
  readonly perType: Readonly<Partial<Record<AttributeType, number>>>;
  /** How many data points were dropped because their type had 25 attributes already. */
  readonly refused: Readonly<Partial<Record<AttributeType, number>>>;
}
