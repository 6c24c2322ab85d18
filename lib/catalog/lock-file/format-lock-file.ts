import { byName, type EventTypes, toLockFile, toTypesByEvent } from './event-types.js';
import type { LockFile } from './lock-file.js';

/** JSON text, or what is to be written as an object. */
type Part = string | readonly (readonly [name: string, part: Part])[];

/**
 * Writes a lock file so that its changes can be reviewed: an attribute a line, events and attributes in the order of
 * their names' code units, empty parts left out. By hand, for an object would put names like `10` before all others.
 */
export function formatLockFile(lockFile: LockFile): string {
  const events = byName(toTypesByEvent(toLockFile(toTypesByEvent(lockFile))));
  return `${write([
    ['version', '1'],
    ['events', events.map(([eventName, types]) => [eventName, partOf(types)] as const)],
  ])}\n`;
}

function partOf({ classes, attributes, undeclared }: EventTypes): Part {
  return [
    ...(classes.length > 0
      ? [['classes', `[${classes.map((name) => JSON.stringify(name)).join(', ')}]`] as const]
      : []),
    ...partOfTypes('attributes', attributes),
    ...partOfTypes('undeclared', undeclared),
  ];
}

function partOfTypes(field: string, types: EventTypes['attributes']): [string, Part][] {
  if (types.size === 0) return [];
  return [[field, byName(types).map(([name, type]) => [name, JSON.stringify(type)] as const)]];
}

function write(part: Part, indent = ''): string {
  if (typeof part === 'string') return part;
  if (part.length === 0) return '{}';
  const inner = `${indent}  `;
  const lines = part.map(([name, value]) => `${inner}${JSON.stringify(name)}: ${write(value, inner)}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}
