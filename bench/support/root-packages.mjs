// This library, Nest, axios, rxjs, BullMQ and ioredis come from the repository around bench/, so that each is loaded once:
// bench/ has a package.json of its own, and its packages (RudderStack's axios, for one) are not to take their place.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = process.env.BENCH_LIBRARY ?? fileURLToPath(new URL('../..', import.meta.url));
const { resolve } = createRequire(join(root, 'package.json'));

/** The module of a package as the root of the repository sees it, the library itself included. */
export async function importFromRoot(name) {
  // Nest's decorators need it before anything else.
  await import(pathToFileURL(resolve('reflect-metadata')).href);
  return import(pathToFileURL(resolve(name)).href);
}

/** What a file of this library's build exports that the package does not. */
export async function importPart(path) {
  return import(new URL(path, pathToFileURL(resolve('nestjs-webengage'))).href);
}

/** The axios that Nest's HttpService uses. */
export async function importAxios() {
  const { HttpService } = await importFromRoot('@nestjs/axios');
  return new HttpService().axiosRef;
}
