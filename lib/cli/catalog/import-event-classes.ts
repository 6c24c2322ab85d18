import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isEventClass } from '../../catalog/event-class/event-class-metadata.js';
import { describeValue } from '../../common/describe-value.js';
import { waitAtMost } from '../../common/wait-at-most.js';
import type { EventType } from '../../events/event-class.js';
import { isPlainObject } from '../../events/constraints/attribute-type.js';
import { UsageError } from '../usage-error.js';

/** Milliseconds that a module may take to load. */
const IMPORT_TIMEOUT = 30_000;
const MAX_MESSAGE = 500;

/**
 * Imports a compiled module and returns the event classes that it exports, by themselves or in arrays and objects.
 *
 * @throws {UsageError} (as a rejection) it cannot be imported
 */
export async function importEventClasses(file: string): Promise<EventType[]> {
  const url = pathToFileURL(resolve(file)).href;
  try {
    const exported = await waitAtMost(import(url) as Promise<Record<string, unknown>>, IMPORT_TIMEOUT, () => {
      throw new Error(`it has not loaded within ${IMPORT_TIMEOUT / 1_000} seconds`);
    });
    // A CommonJS module's exports may all be in its default alone.
    const values = [...Object.values(exported), ...membersOf(exported.default)];
    return [...new Set(values.flatMap((value) => [value, ...membersOf(value)]))].filter(isEventClass);
  } catch (error) {
    throw new UsageError(`${file} cannot be imported: ${messageOf(error)}`);
  }
}

function membersOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Array.isArray(value) || isPlainObject(value) ? Object.values(value) : [];
}

/** In one line. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return `${describeValue(error)} was thrown`;
  const [line] = `${error.name}: ${error.message}`.split(/[\r\n]/);
  return line.slice(0, MAX_MESSAGE);
}
