import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const CHECK = /^check:/;
const RUN = /^run:/;

/** The applications in a folder, as their package.json describes them. */
export async function readApps(appsFolder) {
  const entries = await readdir(appsFolder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return Promise.all(names.map((name) => readApp(name, join(appsFolder, name))));
}

/** Those that have the same dependencies share one install: each group installs once. */
export function bySharedInstall(apps) {
  const groups = new Map();
  for (const app of apps) groups.set(app.dependencies, [...(groups.get(app.dependencies) ?? []), app]);
  return [...groups.values()];
}

/** What a package.json holds. */
export async function readPackage(folder) {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
}

async function readApp(name, source) {
  const { dependencies, devDependencies, scripts = {}, ...about } = await readPackage(source);
  const { needsRedis = false, isMeasured = false, parts = [] } = about;
  return {
    name,
    source,
    needsRedis,
    isMeasured,
    parts,
    dependencies: JSON.stringify([dependencies, devDependencies]),
    checks: namedBy(CHECK, scripts),
    runs: namedBy(RUN, scripts),
  };
}

function namedBy(prefix, scripts) {
  const named = Object.entries(scripts).filter(([name]) => prefix.test(name));
  return named.map(([name, command]) => ({ name: name.replace(prefix, ''), command }));
}
