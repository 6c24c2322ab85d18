import { WebEngageError } from '../../errors/webengage.error.js';
import type { ValuesOf } from '../../events/event-class.js';
import { isEventClass } from './event-class-metadata.js';

/**
 * What an event class may extend, so that the compiler knows what its constructor takes: `@WebEngageEvent()` makes it
 * take the event's values, whether or not the class extends this one.
 *
 * @example
 * @WebEngageEvent('Added to Cart')
 * class AddedToCart extends EventClass<AddedToCart> {
 *   @EventAttribute('Product ID', Number) productId!: number;
 * }
 *
 * await events.track(new AddedToCart({ productId: 1337 }), { userId: 'johndoe' });
 */
export abstract class EventClass<Self> {
  // Only tells the type: what is given is set once the class's own fields are there, which would clear it otherwise.
  constructor(..._values: [ValuesOf<Self>]) {
    if (isEventClass(new.target)) return;
    const { name } = new.target;
    throw new WebEngageError(
      `${name} extends EventClass, but has no @WebEngageEvent(): nothing would set its values. A class of nested values ` +
        'is to extend nothing',
    );
  }
}
