import type { AttributeMapping } from '../../catalog/event-class/attribute-mapping.js';
import { Mappings } from '../../catalog/event-class/mappings.js';
import type { EventDeclaration } from '../catalog/code-catalog.js';

/** Whether the decorators of an event class, and of classes within it, leave no description to doc comments. */
export function isWhollyDescribed({ event, eventClass }: EventDeclaration): boolean {
  return event.description !== undefined && areAttributesDescribed(new Mappings().of(eventClass), new Set());
}

function areAttributesDescribed(mapping: AttributeMapping, seen: Set<AttributeMapping>): boolean {
  if (seen.has(mapping)) return true;
  seen.add(mapping);
  return mapping.attributes.every(
    ({ nested, metadata }) =>
      metadata.description !== undefined && (nested === undefined || areAttributesDescribed(nested, seen)),
  );
}
