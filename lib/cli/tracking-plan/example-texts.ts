import type { AttributeMapping } from '../../catalog/event-class/attribute-mapping.js';
import { ValueMapper } from '../../catalog/event-class/map-values.js';
import { keyPath } from '../../events/constraints/level.js';
import { readEventData } from '../../events/constraints/event-data.constraints.js';

const PATH = 'example';

/**
 * The examples of a class's attributes as they would go over the wire, in text, by the attributes' names. What stands for
 * objects of classes may be written with the properties of these classes, or as it goes over the wire.
 */
export function exampleTextsOf(mapping: AttributeMapping): ReadonlyMap<string, string> {
  const { attributes } = mapping;
  const mapper = new ValueMapper(Infinity, () => undefined);
  const values = Object.fromEntries(attributes.map(({ property, metadata }) => [property, metadata.example]));
  const mapped = new Map<string, unknown>(Object.entries(mapper.map(mapping, values, PATH)));
  for (const { name, metadata } of attributes) {
    const isByProperty = !mapper.violations.some(({ path }) => path.startsWith(`${PATH}${keyPath(name)}[`));
    if (!isByProperty) mapped.set(name, metadata.example);
  }
  return new Map([...mapped].flatMap(([name, value]) => textOf(value).map((text) => [name, text])));
}

/** Empty where there is no example. */
function textOf(example: unknown): string[] {
  const { value } = readEventData({ value: example }, PATH, Infinity).data;
  if (value === undefined) return [];
  return [typeof value === 'string' ? value : JSON.stringify(value)];
}
