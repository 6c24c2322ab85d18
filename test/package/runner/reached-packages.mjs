import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const SPECIFIER =
  /(?:\bfrom\s*|\bimport\s*|\bimport\(\s*|\brequire\(\s*|<reference types=)(["'])(?<specifier>[^"'\n]+)\1/g;
const PACKAGE = /^(?:@[^/]+\/)?[^/]+/;

/** The packages that a built file imports, itself or through files of its own package: at once, later, or for their types. */
export async function packagesReachedFrom(file, seen = new Set()) {
  const packages = new Set();
  if (seen.has(file)) return packages;
  seen.add(file);
  for (const { groups } of (await readFile(file, 'utf8')).matchAll(SPECIFIER)) {
    const { specifier } = groups;
    const reached = specifier.startsWith('.')
      ? await packagesReachedFrom(resolve(file, specifier), seen)
      : [PACKAGE.exec(specifier)[0]];
    for (const name of reached) packages.add(name);
  }
  return packages;
}

function resolve(file, specifier) {
  const path = join(dirname(file), specifier);
  return file.endsWith('.d.ts') ? path.replace(/\.js$/, '.d.ts') : path;
}
