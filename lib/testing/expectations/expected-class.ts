import { Mappings } from '../../catalog/event-class/mappings.js';
import { readEventClass } from '../../catalog/event-class/read-event-class.js';
import { quote } from '../../common/describe-value.js';
import { setOwn } from '../../events/constraints/set-own.js';
import type { EventType } from '../../events/event-class.js';
import type { JsonObject, JsonValue } from '../../events/event-data.js';
import type { AttributeMapping } from '../../catalog/event-class/attribute-mapping.js';
import { mostAlike } from '../../matching/alike-names.js';
import { isAsymmetricMatcher } from '../../matching/asymmetric-matcher.js';
import { TestingError } from '../errors/testing.error.js';
import { isPlainObject } from '../../events/constraints/attribute-type.js';
import type { TrackedMatch } from './tracked-match.js';

/** What is expected of an event of a class, by the names that WebEngage gets. */
export interface ExpectedClass {
  readonly className: string;
  readonly eventName: string;
  readonly partial: TrackedMatch | undefined;
}

/**
 * Reads what is expected of an event of a class.
 *
 * @throws {TestingError} the class has no such property
 */
export function readExpectedClass(eventClass: EventType, partial: TrackedMatch | undefined): ExpectedClass {
  const { event, mapping } = readEventClass(eventClass, new Mappings());
  const { eventData } = partial ?? {};
  const isByProperty = typeof eventData === 'object' && isPlainObject(eventData) && !isAsymmetricMatcher(eventData);
  return {
    className: event.className,
    eventName: event.eventName,
    partial: isByProperty ? { ...partial, eventData: byName(mapping, eventData) } : partial,
  };
}

function byName(mapping: AttributeMapping, values: object): JsonObject {
  const attributes: JsonObject = {};
  for (const [property, value] of Object.entries(values)) {
    const attribute = mapping.attributes.find((candidate) => candidate.property === property);
    if (attribute === undefined) throw new TestingError(unknownProperty(mapping, property));
    setOwn(attributes, attribute.name, expectedValue(attribute.nested, value) as JsonValue);
  }
  return attributes;
}

function expectedValue(nested: AttributeMapping | undefined, value: unknown): unknown {
  if (nested === undefined || typeof value !== 'object' || value === null || isAsymmetricMatcher(value)) return value;
  return Array.isArray(value) ? value.map((item) => expectedValue(nested, item)) : byName(nested, value);
}

function unknownProperty({ mappedClass, properties }: AttributeMapping, property: string): string {
  const alike = mostAlike(property, properties);
  const hint = alike === undefined ? '' : `; did you mean ${alike}?`;
  return `${mappedClass.name} has no property ${quote(property)} with @EventAttribute()${hint}`;
}
