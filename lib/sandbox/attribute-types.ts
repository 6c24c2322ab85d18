import { type AttributeType, attributeTypeOf } from '../events/constraints/attribute-type.js';
import { limits } from '../events/constraints/limits.js';
import type { Drop } from './sandbox-event.js';

/**
 * An account's memory of attribute types: the first data point fixes an attribute's type for ever, and an event may
 * have 25 attributes of each type over all its instances.
 */
export class AttributeTypes {
  private readonly typesByEvent = new Map<string, Map<string, AttributeType>>();

  /** Learns an attribute's type from its first data point; says why a later one is dropped. */
  learn(eventName: string, attribute: string, value: unknown, path: string): Drop | undefined {
    const type = attributeTypeOf(value);
    if (type === undefined) return undefined;
    const types = this.typesOf(eventName);
    const locked = types.get(attribute);
    if (locked === type) return undefined;
    if (locked !== undefined) {
      const message = `${path} is a ${type}, but the first data point made this attribute a ${locked}`;
      return { path, rule: 'typeConflict', message };
    }
    const ofThisType = [...types.values()].filter((other) => other === type).length;
    if (ofThisType >= limits.attributesPerType) {
      const message = `${path} is one too many: the event "${eventName}" has ${ofThisType} attributes of type ${type} already`;
      return { path, rule: 'attributesPerType', message };
    }
    types.set(attribute, type);
    return undefined;
  }

  private typesOf(eventName: string): Map<string, AttributeType> {
    let types = this.typesByEvent.get(eventName);
    if (!types) this.typesByEvent.set(eventName, (types = new Map<string, AttributeType>()));
    return types;
  }
}
