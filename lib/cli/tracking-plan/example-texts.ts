import { ValueMapper } from '../../catalog/event-class/map-values.js';
import { Mappings } from '../../catalog/event-class/mappings.js';
import type { CatalogEvent } from '../../catalog/catalog-event.js';
import { quote } from '../../common/describe-value.js';
import { readEventData } from '../../events/constraints/event-data.constraints.js';
import type { EventType } from '../../events/event-class.js';

const PATH = 'example';

/**
 * The examples of a class's attributes as they would go over the wire, in text, by the attributes' names. What stands for
 * objects of classes may be written with the properties of these classes, or as it goes over the wire.
 */
export function exampleTextsOf(eventClass: EventType, { attributes }: CatalogEvent): ReadonlyMap<string, string> {
  const mapper = new ValueMapper(Infinity, () => undefined);
  const values = Object.fromEntries(attributes.map(({ property, example }) => [property, example]));
  const mapped = new Map<string, unknown>(Object.entries(mapper.map(new Mappings().of(eventClass), values, PATH)));
  for (const { name, example } of attributes) {
    const isByProperty = !mapper.violations.some(({ path }) => path.startsWith(`${PATH}[${quote(name)}][`));
    if (!isByProperty) mapped.set(name, example);
  }
  const { data } = readEventData(Object.fromEntries(mapped), PATH, Infinity);
  return new Map(
    Object.entries(data).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}
