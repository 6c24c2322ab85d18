import type { AttributeType } from './attribute-type.js';
import { limits } from './limits.js';

/** A data type of which there are too many attributes, and what is wrong with that. */
export interface OverfullType {
  readonly type: AttributeType;
  readonly problem: string;
}

/** The rule of how many attributes of one data type an event may have. */
export function overfullTypes(types: Iterable<AttributeType>): OverfullType[] {
  const counts = new Map<AttributeType, number>();
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count > limits.attributesPerType)
    .map(([type, count]) => ({
      type,
      problem: `must have at most ${limits.attributesPerType} attributes of type ${type}, but has ${count}`,
    }));
}
