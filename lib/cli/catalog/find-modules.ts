import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../usage-error.js';

/** Where a Nest application is compiled to. */
export const DEFAULT_PATHS: readonly string[] = ['dist'];
export const COMPILE_FIRST = 'TypeScript must be compiled first: nest build';

const EVENT_MODULE = /\.events?\.[cm]?js$/;
const TYPESCRIPT = /\.[cm]?tsx?$/;

/**
 * The modules that event classes are looked for in: each file that is named, and in folders those whose names end in
 * `.event.js` or `.events.js` (also `.mjs` and `.cjs`), but not in `node_modules`.
 *
 * @throws {UsageError} a path does not exist, is TypeScript, or there is no such module
 */
export function findModules(paths: readonly string[]): string[] {
  const files = [...new Set(paths.flatMap(modulesAt))];
  if (files.length > 0) return files;
  throw new UsageError(
    `There is no *.event.js or *.events.js in ${paths.join(', ')}. ${COMPILE_FIRST}; files of other names are to be named: dist/tracking.js`,
  );
}

/** Whether modules are looked for by their names, in folders. */
export function looksThroughFolders(paths: readonly string[]): boolean {
  return paths.length === 0 || paths.some((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true);
}

function modulesAt(path: string): string[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new UsageError(`${path} does not exist. ${COMPILE_FIRST}`);
  if (stats.isDirectory()) return modulesWithin(path).sort();
  if (TYPESCRIPT.test(path))
    throw new UsageError(`${path} cannot be imported. ${COMPILE_FIRST}, and name the .js file`);
  return [path];
}

function modulesWithin(folder: string): string[] {
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : modulesWithin(path);
    return EVENT_MODULE.test(entry.name) ? [path] : [];
  });
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw new UsageError(`${folder} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}`);
  }
}
