import type { AttributeType } from '../../events/constraints/attribute-type.js';
import type { DeclaredAttribute, DeclaredEvent } from './declared-events.js';
import { byName, type EventTypes } from './event-types.js';
import { likelyOrOnlyRenames } from './likely-renames.js';
import type { LockDifference } from './lock-difference.js';

/** Finds in what the attributes of an event in the code differ from those in its lock file. */
export function compareAttributes(eventName: string, event: DeclaredEvent, types: EventTypes): LockDifference[] {
  const declared = byName(event.attributes);
  const removed = byName(types.attributes).filter(([name]) => !event.attributes.has(name));
  const added = declared.filter(([name]) => !types.attributes.has(name) && !types.undeclared.has(name));
  const renames = renamesByType(removed, added);
  const newNames = new Set(renames.values());
  return [
    ...declared.flatMap(([attribute, found]) => compareTypes(eventName, attribute, found, types)),
    ...removed.map(([attribute, type]): LockDifference => {
      const newName = renames.get(attribute);
      const place = newName === undefined ? undefined : event.attributes.get(newName)?.place;
      if (newName === undefined || place === undefined)
        return { kind: 'attribute removed', eventName, attribute, type };
      return { kind: 'attribute renamed', eventName, attribute, type, newName, place };
    }),
    ...added
      .filter(([attribute]) => !newNames.has(attribute))
      .map(([attribute, { type, place }]) => ({ kind: 'attribute added', eventName, attribute, type, place }) as const),
  ];
}

function compareTypes(
  eventName: string,
  attribute: string,
  { type, place }: DeclaredAttribute,
  { attributes, undeclared }: EventTypes,
): LockDifference[] {
  const isUndeclared = !attributes.has(attribute);
  const locked = attributes.get(attribute) ?? undeclared.get(attribute);
  if (locked === undefined) return [];
  if (locked !== type) return [{ kind: 'type changed', eventName, attribute, type, place, locked, isUndeclared }];
  return isUndeclared ? [{ kind: 'attribute declared', eventName, attribute, type, place }] : [];
}

/** A renamed attribute has the type that it had. */
function renamesByType(
  removed: readonly [string, AttributeType][],
  added: readonly [string, DeclaredAttribute][],
): Map<string, string> {
  const types = new Set(removed.map(([, type]) => type));
  return new Map(
    [...types].flatMap((type) => {
      const gone = removed.filter(([, other]) => other === type).map(([name]) => name);
      const fresh = added.filter(([, other]) => other.type === type).map(([name]) => name);
      return [...likelyOrOnlyRenames(gone, fresh)];
    }),
  );
}
