import fc from 'fast-check';
import type { CatalogEvent } from '../../../lib/catalog/catalog-event.js';
import type { LockFile } from '../../../lib/catalog/lock-file/lock-file.js';
import type { LearnedEvent } from '../../../lib/catalog/lock-file/merge-learned.js';
import type { AttributeType } from '../../../lib/events/constraints/attribute-type.js';

const name = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('Price', 'price', 'Price ', 'Coupon', 'Coupons', '10', '2', '!') },
  { weight: 1, arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', '"', '\uD800', 'é😀') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 49 }) },
);
const type = fc.constantFrom<AttributeType[]>('String', 'Number', 'Boolean', 'Date', 'JSON Array', 'JSON Object');
const types = fc.uniqueArray(fc.tuple(name, type), { selector: ([key]) => key, maxLength: 8 });

/** The types of one event; classes for the same event are made of them, so that they agree. */
const declaredEvent = fc.tuple(
  types,
  fc.uniqueArray(fc.constantFrom('AddedToCart', 'Added', 'Purchased', 'Viewed'), { minLength: 1, maxLength: 3 }),
  fc.infiniteStream(fc.boolean()),
);

/** Catalogs that are right, of events by any names. */
export const anyCatalog: fc.Arbitrary<CatalogEvent[]> = fc
  .uniqueArray(fc.tuple(name, declaredEvent), { selector: ([eventName]) => eventName, maxLength: 6 })
  .map((events) =>
    events.flatMap(([eventName, [attributes, classNames, isTaken]]) =>
      classNames.map((className) => ({
        eventName,
        className,
        description: undefined,
        attributes: attributes
          .filter(() => isTaken.next().value)
          .map(([attribute, attributeType], index) => ({
            name: attribute,
            property: `property${index}`,
            type: attributeType,
            isOptional: false,
            description: undefined,
            example: undefined,
          })),
      })),
    ),
  );

/** Lock files of any content, in any order. */
export const anyLockFile: fc.Arbitrary<LockFile> = fc
  .uniqueArray(fc.tuple(name, types, types, fc.array(name)), { selector: ([eventName]) => eventName, maxLength: 6 })
  .map((events) => ({
    version: 1,
    events: Object.fromEntries(
      events.map(([eventName, attributes, undeclared, classes]) => [
        eventName,
        {
          classes,
          attributes: Object.fromEntries(attributes),
          undeclared: Object.fromEntries(
            undeclared.filter(([attribute]) => !attributes.some(([declared]) => declared === attribute)),
          ),
        },
      ]),
    ),
  }));

export const anyLearned: fc.Arbitrary<LearnedEvent[]> = fc
  .uniqueArray(fc.tuple(name, types), { selector: ([eventName]) => eventName, maxLength: 6 })
  .map((events) => events.map(([eventName, attributes]) => ({ eventName, attributes: new Map(attributes) })));
