import { overfullTypes } from '../../events/constraints/attributes-per-type.constraint.js';
import { attributeName, eventNameViolations } from '../../events/constraints/name.constraints.js';
import { violationsOf } from '../../events/constraints/violation.js';
import { describeValue } from '../../common/describe-value.js';
import type { EventType } from '../../events/event-class.js';
import type { CatalogAttribute, CatalogEvent, CatalogProblem } from '../catalog-event.js';
import type { AttributeMapping, MappedAttribute } from './attribute-mapping.js';
import { eventMetadataOf } from './event-class-metadata.js';
import type { Mappings } from './mappings.js';

/** An event class, read. */
export interface EventDefinition {
  readonly event: CatalogEvent;
  readonly mapping: AttributeMapping;
  readonly problems: readonly CatalogProblem[];
}

/** Reads an event class and holds it against WebEngage's rules. */
export function readEventClass(eventClass: EventType, mappings: Mappings): EventDefinition {
  const { name: className } = eventClass;
  const { eventName, description } = eventMetadataOf(eventClass) ?? { eventName: undefined, description: undefined };
  const mapping = mappings.of(eventClass);
  const attributes = mapping.attributes.flatMap(toCatalogAttribute);
  const event = { eventName: typeof eventName === 'string' ? eventName : '', className, description, attributes };
  return {
    event,
    mapping,
    problems: [
      ...eventNameViolations(eventName, 'the name of the event').map(({ message }) => ({ place: className, message })),
      ...mapping.attributes.flatMap((attribute) => nameProblems(className, attribute)),
      ...mappings.takeProblems(),
      ...overfullTypes(attributes.map(({ type }) => type)).map(({ problem }) => ({
        place: className,
        message: problem,
      })),
    ],
  };
}

function toCatalogAttribute(attribute: MappedAttribute): CatalogAttribute[] {
  const { name, property, type, isOptional, metadata } = attribute;
  const { description, example } = metadata;
  return type === undefined ? [] : [{ name, property, type, isOptional, description, example }];
}

function nameProblems(className: string, { property, metadata }: MappedAttribute): CatalogProblem[] {
  const place = `${className}.${property}`;
  const { name } = metadata;
  if (typeof name !== 'string') {
    return [{ place, message: `the name of the attribute must be a String, but is ${describeValue(name)}` }];
  }
  return violationsOf(name, attributeName, 'the name of the attribute').map(({ message }) => ({ place, message }));
}
