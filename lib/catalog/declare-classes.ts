import { ConfigurationError } from '../errors/configuration.error.js';
import type { EventType } from '../events/event-class.js';
import type { DeclaredClass } from './catalog-feature.js';
import type { EventCatalog } from './event-catalog.js';
import { readCatalog } from './read-catalog.js';

/**
 * Declares event classes to a catalog.
 *
 * @throws {ConfigurationError} some of them are declared wrongly; it lists all that is wrong
 */
export function declareClasses(catalog: EventCatalog, declared: readonly DeclaredClass[]): void {
  const classes = declared.map(({ given }) => given);
  const { problems } = readCatalog(classes, (index) => declared[index]?.place ?? '');
  if (problems.length > 0) {
    throw new ConfigurationError(
      problems.map(({ place, message }) => ({ option: place, message })),
      'WebEngageModule.forFeature()',
    );
  }
  for (const eventClass of classes) catalog.declare(eventClass as EventType);
}
