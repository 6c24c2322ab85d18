import type { PlanAttribute } from './plan-event.js';

/** The attributes of one event, or of one value, that two classes declare: what one leaves out, or open, may be absent. */
export function joinAttributes(
  attributes: readonly PlanAttribute[],
  others: readonly PlanAttribute[],
): PlanAttribute[] {
  const names = new Set([...attributes, ...others].map(({ name }) => name));
  return [...names].flatMap((name) => joinBoth(attributeOf(attributes, name), attributeOf(others, name)));
}

function joinBoth(attribute: PlanAttribute | undefined, other: PlanAttribute | undefined): PlanAttribute[] {
  if (!attribute || !other)
    return [attribute, other].flatMap((found) => (found ? [{ ...found, isOptional: true }] : []));
  return [
    {
      ...attribute,
      isOptional: attribute.isOptional || other.isOptional,
      description: attribute.description ?? other.description,
      example: attribute.example ?? other.example,
      within: joinAttributes(attribute.within, other.within),
      isCut: attribute.isCut || other.isCut,
    },
  ];
}

function attributeOf(attributes: readonly PlanAttribute[], name: string): PlanAttribute | undefined {
  return attributes.find((attribute) => attribute.name === name);
}
