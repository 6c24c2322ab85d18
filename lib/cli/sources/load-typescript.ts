import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export type TypeScript = typeof import('typescript');

/** The project's own compiler; undefined where there is none, or one without an API (TypeScript 7). */
export async function loadTypeScript(): Promise<TypeScript | undefined> {
  try {
    const path = createRequire(join(process.cwd(), 'package.json')).resolve('typescript');
    const { default: typescript } = (await import(pathToFileURL(path).href)) as { default?: Partial<TypeScript> };
    return typeof typescript?.createSourceFile === 'function' ? (typescript as TypeScript) : undefined;
  } catch {
    return undefined;
  }
}
