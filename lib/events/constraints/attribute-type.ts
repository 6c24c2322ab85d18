import { types } from 'node:util';
import { isDocumentedTime } from '../event-time.js';

/** WebEngage's data types of attributes, as its pages name them. */
export const ATTRIBUTE_TYPES = ['String', 'Number', 'Boolean', 'Date', 'JSON Array', 'JSON Object'] as const;
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number];

/** Whether something is the name of one of WebEngage's data types. */
export function isAttributeType(value: unknown): value is AttributeType {
  return (ATTRIBUTE_TYPES as readonly unknown[]).includes(value);
}

/**
 * The data type that WebEngage sees in a value, or undefined if it has none for it. A String in exactly the
 * documented date format is a Date: its bytes are the same.
 */
export function attributeTypeOf(value: unknown): AttributeType | undefined {
  switch (typeof value) {
    case 'string':
      return isDocumentedTime(value) ? 'Date' : 'String';
    case 'number':
      return Number.isFinite(value) ? 'Number' : undefined;
    case 'boolean':
      return 'Boolean';
    case 'object':
      if (value === null) return undefined;
      if (types.isDate(value)) return 'Date';
      if (Array.isArray(value)) return 'JSON Array';
      return isPlainObject(value) ? 'JSON Object' : undefined;
    default:
      return undefined;
  }
}

/**
 * Whether an object is no instance of a class. Objects made in another realm count too: Jest runs tests in one, and
 * GraphQL hands out arguments without a prototype.
 */
export function isPlainObject(value: object): value is Record<string, unknown> {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
