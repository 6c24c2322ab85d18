import { describeValue, quote } from '../../common/describe-value.js';
import { keyPath } from '../../events/constraints/level.js';
import { LockFileError } from '../../errors/lock-file.error.js';
import { ATTRIBUTE_TYPES, isAttributeType } from '../../events/constraints/attribute-type.js';
import { describeBrokenJson } from './broken-json.js';
import type { LockFile } from './lock-file.js';

const BYTE_ORDER_MARK = /^\uFEFF/;
const FIELDS = ['version', 'events'];
const EVENT_FIELDS = ['classes', 'attributes', 'undeclared'];

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the text of a lock file.
 *
 * @param file its path, for messages
 * @throws {LockFileError} it is no JSON, or of an unknown version or form
 */
export function parseLockFile(text: string, file: string): LockFile {
  const content = parseJson(text.replace(BYTE_ORDER_MARK, ''), file);
  try {
    checkContent(content);
  } catch (error) {
    throw error instanceof WrongForm ? new LockFileError(file, error.message) : error;
  }
  return content;
}

class WrongForm extends Error {}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new LockFileError(file, describeBrokenJson(text));
  }
}

function checkContent(content: unknown): asserts content is LockFile {
  if (!isObject(content)) throw new WrongForm(`must hold a JSON object, but holds ${describeValue(content)}`);
  // Before all else: another version may look different.
  const { version } = content;
  if (Number.isInteger(version) && version !== 1) {
    throw new WrongForm(`is of version ${String(version)}, but this version of nestjs-webengage knows version 1 only`);
  }
  if (version !== 1) throw wrong('version', 'must be 1', version);
  checkFields(content, FIELDS, '');
  if (!isObject(content.events)) throw wrong('events', 'must be an object of events by name', content.events);
  for (const [eventName, event] of Object.entries(content.events)) checkEvent(event, `events${keyPath(eventName)}`);
}

function checkEvent(event: unknown, path: string): void {
  if (!isObject(event)) throw wrong(path, 'must be an object', event);
  checkFields(event, EVENT_FIELDS, `${path}.`);
  const { classes, attributes, undeclared } = event;
  if (classes !== undefined) checkClasses(classes, `${path}.classes`);
  if (attributes !== undefined) checkTypes(attributes, `${path}.attributes`);
  if (undeclared !== undefined) checkTypes(undeclared, `${path}.undeclared`);
  if (isObject(attributes) && isObject(undeclared)) checkAgreement(attributes, undeclared, path);
}

function checkClasses(classes: unknown, path: string): void {
  if (!Array.isArray(classes)) throw wrong(path, "must be an array of classes' names", classes);
  const index = classes.findIndex((name) => typeof name !== 'string' || name === '');
  if (index >= 0) throw wrong(`${path}[${index}]`, "must be a class's name", classes[index]);
}

function checkTypes(types: unknown, path: string): void {
  if (!isObject(types)) throw wrong(path, 'must be an object of types by attribute', types);
  for (const [name, type] of Object.entries(types)) {
    if (!isAttributeType(type)) throw wrong(path + keyPath(name), `must be one of ${ATTRIBUTE_TYPES.join(', ')}`, type);
  }
}

/** An attribute that stands in both places has one type all the same. */
function checkAgreement(attributes: Fields, undeclared: Fields, path: string): void {
  for (const [name, type] of Object.entries(undeclared)) {
    const declared = Object.hasOwn(attributes, name) ? attributes[name] : type;
    if (declared === type) continue;
    const place = `${path}.undeclared${keyPath(name)}`;
    throw new WrongForm(
      `is wrong at ${place}: it is ${quote(String(type))}, but ${quote(String(declared))} in attributes`,
    );
  }
}

/** A field that is mistyped would be a lock that is lost. */
function checkFields(object: Fields, known: readonly string[], path: string): void {
  const unknown = Object.keys(object).find((field) => !known.includes(field));
  if (unknown === undefined) return;
  throw new WrongForm(`is wrong at ${path}${plainKey(unknown)}: there is no such field, but ${known.join(', ')}`);
}

function wrong(path: string, expected: string, actual: unknown): WrongForm {
  const shown = typeof actual === 'string' ? quote(actual) : describeActual(actual);
  return new WrongForm(`is wrong at ${path}: it ${expected}, but is ${shown}`);
}

function describeActual(actual: unknown): string {
  if (actual === undefined) return 'absent';
  return typeof actual === 'number' || typeof actual === 'boolean' ? String(actual) : describeValue(actual);
}

function plainKey(name: string): string {
  return quote(name).slice(1, -1);
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
