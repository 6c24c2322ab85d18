import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const SPECIFIER =
  /(?:\bfrom\s*|\bimport\s*|(?<later>\bimport\(\s*|=>\s*(?:\w+\()?require\(\s*)|\brequire\(\s*|<reference types=)(["'])(?<specifier>[^"'\n]+)\2/g;
const PACKAGE = /^(?:@[^/]+\/)?[^/]+/;

/**
 * The packages that a built file imports, itself or through files of its own package: at once, later, or for their types.
 *
 * @param seen gets the files that were read
 * @param options `atOnce`: what is imported within functions does not count. Default: false
 */
export async function packagesReachedFrom(file, seen = new Set(), { atOnce = false } = {}) {
  const packages = new Set();
  if (seen.has(file)) return packages;
  seen.add(file);
  for (const { groups } of (await readFile(file, 'utf8')).matchAll(SPECIFIER)) {
    const { specifier, later } = groups;
    // In declarations, `import('…')` names a type.
    if (atOnce && later !== undefined && !file.endsWith('.d.ts')) continue;
    const reached = specifier.startsWith('.')
      ? await packagesReachedFrom(resolve(file, specifier), seen, { atOnce })
      : [PACKAGE.exec(specifier)[0]];
    for (const name of reached) packages.add(name);
  }
  return packages;
}

function resolve(file, specifier) {
  const path = join(dirname(file), specifier);
  return file.endsWith('.d.ts') ? path.replace(/\.js$/, '.d.ts') : path;
}
