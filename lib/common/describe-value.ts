import { types } from 'node:util';

const TEXT_SHOWN = 60;

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
      ? `an instance of ${plainText(name)}`
      : 'an Object';
  } catch {
    return 'an object that cannot be read';
  }
}

/** Foreign text as it may stand in a message, in quotation marks: short, and with no line break that could forge a log. */
export function quote(text: string): string {
  return JSON.stringify(text.length <= TEXT_SHOWN ? text : `${text.slice(0, TEXT_SHOWN)}…`);
}

/** The same without the quotation marks. */
export function plainText(text: string): string {
  return quote(text).slice(1, -1);
}

/** What was thrown, in words: anything can be. */
export function describeThrown(error: unknown): string {
  try {
    return error instanceof Error
      ? `${plainText(error.name)}: ${plainText(error.message)}`
      : `${describeValue(error)} was thrown`;
  } catch {
    return 'something unreadable was thrown';
  }
}
