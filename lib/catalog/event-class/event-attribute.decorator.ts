import type { AttributeTypeToken, ValueOfToken } from './attribute-type-token.js';
import { addAttributeMetadata, designTypeOf } from './event-class-metadata.js';

export interface EventAttributeOptions {
  /** Whether an event may go without it; `@IsOptional()` of class-validator says the same. Default: false. */
  readonly optional?: boolean;
  /** What it means, for the tracking plan. Default: the property's doc comment, where `docs` finds it. */
  readonly description?: string;
  /** A value that it may have, for the tracking plan. */
  readonly example?: unknown;
}

/** Fits onto properties of this type alone. */
export type PropertyDecoratorOf<Value> = <Property extends string>(
  target: { readonly [Key in Property]?: Value | null },
  property: Property,
) => void;

/**
 * Makes a property an attribute of its event. WebEngage fixes an attribute's data type with its first data point: `type`
 * is locked, and the compiler holds it against the property's.
 *
 * A value of undefined or null counts as none: only an optional attribute may go without. Decorators of
 * class-validator on the property are honoured when the event is tracked.
 *
 * @param name WebEngage's name of it: case sensitive, shorter than 50 characters, not starting with `we_`
 * @param type `String`, `Number`, `Boolean`, `Date`, `Array`, `Object`, a class with `@EventAttribute()` properties, any of
 *   these in an array, or a function that returns one. Default: what the compiler wrote down (`emitDecoratorMetadata`), if
 *   that says enough
 *
 * @example
 * class Purchased {
 *   @EventAttribute('Total', Number, { description: 'in US dollars', example: 79.6 }) total!: number;
 *   @EventAttribute('Coupon', String, { optional: true }) coupon?: string;
 *   @EventAttribute('Items', [Item]) items!: Item[];
 * }
 */
export function EventAttribute<const Type extends AttributeTypeToken>(
  name: string,
  type: Type,
  options?: EventAttributeOptions,
): PropertyDecoratorOf<ValueOfToken<Type>>;
export function EventAttribute(name: string, options?: EventAttributeOptions): PropertyDecorator;
export function EventAttribute(
  name: string,
  typeOrOptions?: AttributeTypeToken | EventAttributeOptions,
  optionsBesideType?: EventAttributeOptions,
): PropertyDecorator {
  const isType = typeof typeOrOptions === 'function' || Array.isArray(typeOrOptions);
  const options = (isType ? optionsBesideType : (typeOrOptions as EventAttributeOptions | undefined)) ?? {};
  const given = isType ? (typeOrOptions as AttributeTypeToken) : undefined;
  return (prototype, property) =>
    addAttributeMetadata(prototype, {
      name,
      property,
      type: given ?? (designTypeOf(prototype, property) as AttributeTypeToken | undefined),
      isInferred: given === undefined,
      isOptional: options.optional === true,
      description: options.description,
      example: options.example,
    });
}
