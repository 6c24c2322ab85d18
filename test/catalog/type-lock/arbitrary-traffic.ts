import fc from 'fast-check';
import type { AttributeType } from '../../../lib/events/constraints/attribute-type.js';
import type { JsonObject, JsonValue } from '../../../lib/events/event-data.js';
import type { LockedType } from '../../../lib/catalog/type-lock/locked-type.js';

const EVENTS = ['Added to Cart', 'Purchased', '__proto__'];
const NAMES = [
  'Price',
  'Size',
  'price',
  'toString',
  '__proto__',
  ...Array.from({ length: 40 }, (_, index) => `N${index}`),
];
const TYPES: AttributeType[] = ['String', 'Number', 'Boolean', 'Date', 'JSON Array', 'JSON Object'];
const DATE = '2018-09-15T18:29:00-0800';

/** Values as they stand in an event's JSON. */
const value: fc.Arbitrary<JsonValue> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<JsonValue>(1) },
  { weight: 2, arbitrary: fc.constant<JsonValue>('text') },
  { weight: 3, arbitrary: fc.constantFrom<JsonValue[]>(true, DATE, '2018-02-30T00:00:00-0800', [1], { a: 1 }, '', 0) },
);

function attributes(most: number): fc.Arbitrary<JsonObject> {
  return fc
    .uniqueArray(fc.tuple(fc.constantFrom(...NAMES), value), { selector: ([name]) => name, maxLength: most })
    .map((entries) => Object.fromEntries(entries));
}

/** One event as its JSON says. */
export interface AnyEvent {
  readonly eventName: string;
  readonly eventData: JsonObject;
}

/** Many attributes of one type: two or three of them, and 25 are there. */
const many: fc.Arbitrary<JsonObject> = fc
  .tuple(value, fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 12, maxLength: 24 }))
  .map(([one, names]) => Object.fromEntries(names.map((name) => [name, one])));

const anyEvent: fc.Arbitrary<AnyEvent> = fc.record({
  eventName: fc.constantFrom(...EVENTS),
  eventData: fc.oneof(attributes(6), many),
});

/** Events in the order in which they are tracked. */
export const anyTraffic: fc.Arbitrary<AnyEvent[]> = fc.array(anyEvent, { maxLength: 12, size: 'max' });

export const anyLockedType: fc.Arbitrary<LockedType> = fc.record({
  eventName: fc.constantFrom(...EVENTS),
  attribute: fc.constantFrom(...NAMES),
  type: fc.constantFrom(...TYPES),
});

/** Each attribute once, and no more of a type than an event may have. */
export const anyCatalog: fc.Arbitrary<LockedType[]> = fc
  .uniqueArray(anyLockedType, {
    selector: ({ eventName, attribute }) => JSON.stringify([eventName, attribute]),
    maxLength: 60,
  })
  .map((types) => {
    const counts = new Map<string, number>();
    return types.filter(({ eventName, type }) => {
      const key = `${eventName}/${type}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return (counts.get(key) ?? 0) <= 25;
    });
  });
