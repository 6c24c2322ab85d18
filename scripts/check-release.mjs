// Whether what stands here may be published as the release of the tag in TAG. npm refuses a statement of provenance if
// package.json names another repository than the one that builds the package.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const { TAG, GITHUB_REPOSITORY } = process.env;
const { name, version, repository } = read('package.json');
const problems = [];

if (TAG !== `v${version}`) problems.push(`the tag is ${TAG}, but the version in package.json is ${version}`);
if (read('package-lock.json').version !== version) problems.push('package-lock.json has another version');
if (!hasSection()) problems.push(`CHANGELOG.md has no section ${version}`);
if (pending().length > 0) problems.push(`changesets are pending: npm run release:version (${pending().join(', ')})`);
if (GITHUB_REPOSITORY && !String(repository?.url ?? repository).includes(GITHUB_REPOSITORY)) {
  problems.push(`package.json must have "repository" with the address of ${GITHUB_REPOSITORY}`);
}

for (const problem of problems) console.error(problem);
if (problems.length === 0) console.log(`${name} ${version} may be published`);
process.exitCode = problems.length > 0 ? 1 : 0;

function read(file) {
  return JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'));
}

function hasSection() {
  const file = new URL('../CHANGELOG.md', import.meta.url);
  return existsSync(file) && readFileSync(file, 'utf8').split('\n').includes(`## ${version}`);
}

function pending() {
  const files = readdirSync(new URL('../.changeset', import.meta.url));
  return files.filter((file) => file.endsWith('.md') && file !== 'README.md');
}
