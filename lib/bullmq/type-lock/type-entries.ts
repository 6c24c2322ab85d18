import type { LockedType } from '../../catalog/type-lock/locked-type.js';
import { ATTRIBUTE_TYPES, type AttributeType } from '../../events/constraints/attribute-type.js';

/** What is read from Redis becomes one of these, so that no further text of the same words is kept in memory. */
const TYPES_BY_NAME = new Map<unknown, AttributeType>(ATTRIBUTE_TYPES.map((type) => [type, type]));

/** The text that stands for an attribute in Redis. Names are any text; no two pairs of them become the same JSON. */
export function fieldOf({ eventName, attribute }: LockedType): string {
  return JSON.stringify([eventName, attribute]);
}

/** The type as Redis has it, if it is one. */
export function typeOf(text: unknown): AttributeType | undefined {
  return TYPES_BY_NAME.get(text);
}

/** What an entry of the log says: `["Added to Cart","Price","Number","<stamp>"]`; undefined if it is not one of ours. */
export function readEntry(text: string): LockedType | undefined {
  const [eventName, attribute, typeName] = arrayOf(text);
  const type = typeOf(typeName);
  if (typeof eventName !== 'string' || typeof attribute !== 'string' || type === undefined) return undefined;
  return { eventName, attribute, type };
}

function arrayOf(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
