import { types } from 'node:util';

const NAME_SHOWN = 60;

/** Says what kind of thing a value is, without repeating the value: messages end up in logs. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? 'a Number' : String(value);
    case 'string':
      return 'a String';
    case 'boolean':
      return 'a Boolean';
    case 'object':
      return describeObject(value);
    default:
      return `a ${typeof value}`;
  }
}

function describeObject(value: object): string {
  try {
    if (Array.isArray(value)) return 'an Array';
    if (types.isDate(value)) return 'a Date';
    const name = (value.constructor as unknown as { name?: unknown } | undefined)?.name;
    return typeof name === 'string' && name !== '' && name !== 'Object'
      ? `an instance of ${shorten(name)}`
      : 'an Object';
  } catch {
    return 'an object that cannot be read';
  }
}

/** A name as it may stand in a message: whole, unless that would make the message endless. */
export function shorten(name: string): string {
  return name.length <= NAME_SHOWN ? name : `${name.slice(0, NAME_SHOWN)}…`;
}
