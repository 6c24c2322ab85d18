// What an application installs with this library has a licence that asks for no more than to be named: dependencies,
// peers, and what those need. `npm run check:licences`. Exit code 1 names each package that has another licence, or none.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { init } from 'license-checker-rseidelsohn';

const PERMISSIVE = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
];

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });

const found = Object.entries(await findPackages());
const names = new Set(found.map(([id]) => id.slice(0, id.lastIndexOf('@'))));
// A package that is not installed cannot be vouched for.
const missing = declared.filter((name) => !names.has(name));
const refused = found.filter(([, { licenses }]) => !isPermissive(licenses));

for (const name of missing) console.error(`${name} is declared, but was not found: npm ci`);
for (const [id, { licenses }] of refused) console.error(`${id} has the licence ${String(licenses)}`);
console.log(`${found.length} packages: ${countLicences()}`);
process.exitCode = missing.length + refused.length > 0 ? 1 : 0;

function findPackages() {
  return new Promise((resolve, reject) => {
    init({ start: root, production: true }, (error, packages) => (error ? reject(error) : resolve(packages)));
  });
}

/** A guess from a README, which ends in `*`, is not. Of alternatives one must be, of licences that hold together all. */
function isPermissive(licences) {
  if (Array.isArray(licences)) return licences.every(isPermissive);
  const alternatives = String(licences).replace(/[()]/g, '').split(' OR ');
  return alternatives.some((all) => all.split(' AND ').every((licence) => PERMISSIVE.includes(licence)));
}

function countLicences() {
  const counts = new Map();
  for (const [, { licenses }] of found) counts.set(String(licenses), (counts.get(String(licenses)) ?? 0) + 1);
  const mostFirst = [...counts].sort(([, one], [, other]) => other - one);
  return mostFirst.map(([licence, count]) => `${count} ${licence}`).join(', ');
}
