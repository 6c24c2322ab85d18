import type { AnyClass } from '../../common/any-class.js';
import { attributeMetadataOf, setEventMetadata } from './event-class-metadata.js';
import { takesParameters } from './takes-parameters.js';

export interface WebEngageEventOptions {
  /** What the event means, for the tracking plan. Default: the class's doc comment, where `docs` finds it. */
  readonly description?: string;
}

/**
 * Makes a class an event: its properties with `@EventAttribute()` are the event's attributes. A class without a
 * constructor of its own takes its values in one object: `new AddedToCart({ productId: 1337 })`.
 *
 * What is wrong with the class (names, limits, types) is told when the application boots, if it is among those of
 * `WebEngageModule.forFeature()`.
 *
 * @param eventName shorter than 50 characters, not starting with `we_`, not the name of a system event
 *
 * @example
 * @WebEngageEvent('Added to Cart', { description: 'A customer put a product into the cart' })
 * export class AddedToCart {
 *   @EventAttribute('Product ID', Number) productId!: number;
 *   @EventAttribute('Price', Number) @Min(0) price!: number;
 * }
 */
export function WebEngageEvent(eventName: string, options: WebEngageEventOptions = {}) {
  return <Class extends AnyClass>(eventClass: Class): Class => {
    const decorated = takesParameters(eventClass) ? eventClass : withValues(eventClass);
    setEventMetadata(decorated, { eventName, description: options.description });
    return decorated;
  };
}

/** The class with a constructor that sets what it is given, after the class's own fields are there. */
function withValues<Class extends AnyClass>(eventClass: Class): Class {
  type Constructor = new (...given: unknown[]) => object;
  const declared = attributeMetadataOf(eventClass.prototype as object).map(({ property }) => property);
  const decorated = class extends (eventClass as unknown as Constructor) {
    constructor(...given: unknown[]) {
      super(...given);
      assignValues(this, given[0], declared);
    }
  };
  // The subclass is to pass for the class itself, in messages and in the debugger.
  Object.defineProperty(decorated, 'name', { value: eventClass.name, configurable: true });
  return decorated as unknown as Class;
}

function assignValues(instance: object, values: unknown, declared: readonly (string | symbol)[]): void {
  if (typeof values !== 'object' || values === null) return;
  // What is declared may be inherited: values may come as an object of another class, with getters.
  const inherited = declared.filter((property) => property in values && !Object.hasOwn(values, property));
  for (const property of [...Object.keys(values), ...inherited]) {
    // These would make it another object: the values may be a request's body.
    if (property === '__proto__' || property === 'constructor') continue;
    Reflect.set(instance, property, (values as Record<string | symbol, unknown>)[property]);
  }
}
