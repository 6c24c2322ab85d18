import 'reflect-metadata';
import type { CatalogEvent, CatalogProblem } from '../../catalog/catalog-event.js';
import type { EventType } from '../../events/event-class.js';
import { UsageError } from '../usage-error.js';
import { COMPILE_FIRST, DEFAULT_PATHS, findModules } from './find-modules.js';
import { importEventClasses } from './import-event-classes.js';

const MAX_FILES_NAMED = 10;

/** An event class that was found in a compiled module. */
export interface EventDeclaration {
  readonly event: CatalogEvent;
  readonly eventClass: EventType;
  /** The first module that exports it. */
  readonly file: string;
}

/**
 * Reads the event classes of compiled modules and folders.
 *
 * @throws {UsageError} (as a rejection) a path or a module cannot be used, there is no event class, or, with exit code 1,
 *   the classes are declared wrongly: all that is wrong is listed
 */
export async function readCodeCatalog(given: readonly string[]): Promise<EventDeclaration[]> {
  const files = findModules(given.length > 0 ? given : DEFAULT_PATHS);
  const filesByClass = new Map<EventType, string>();
  for (const file of files) {
    for (const eventClass of await importEventClasses(file)) {
      if (!filesByClass.has(eventClass)) filesByClass.set(eventClass, file);
    }
  }
  if (filesByClass.size === 0) throw noClassIn(files);
  // Only here: what it needs of class-validator would make every command slow to start.
  const { readCatalog } = await import('../../catalog/read-catalog.js');
  const { events, problems } = readCatalog([...filesByClass.keys()]);
  if (problems.length > 0) throw new UsageError(problems.map(describeProblem).join('\n'), 1);
  // The catalog has an event for each class, in their order.
  return [...filesByClass].map(([eventClass, file], index) => ({ event: events[index], eventClass, file }));
}

/** The events of the code, as `readCodeCatalog()` finds them. */
export async function readCodeEvents(paths: readonly string[]): Promise<CatalogEvent[]> {
  return (await readCodeCatalog(paths)).map(({ event }) => event);
}

function noClassIn(files: readonly string[]): UsageError {
  const named = files.slice(0, MAX_FILES_NAMED).join(', ');
  const others = files.length > MAX_FILES_NAMED ? ` and ${files.length - MAX_FILES_NAMED} more` : '';
  return new UsageError(`No class with @WebEngageEvent() is exported by ${named}${others}. ${COMPILE_FIRST}`);
}

function describeProblem({ place, message }: CatalogProblem): string {
  return `${place}: ${message}`;
}
