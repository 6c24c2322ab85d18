import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { runCommand } from './run-command.mjs';

const TIMEOUT = 30_000;
const PUBLISHED = [
  /^dist\/(?:esm|cjs)\/.+\.(?:js|d\.ts|js\.map)$/,
  /^dist\/cjs\/package\.json$/,
  /^dist\/(?:esm|cjs)\/sandbox\/page\/assets\/(?:[a-z-]+\/)?[a-z-]+\.(?:html|css|js|svg)$/,
  /^docs\/(?:[a-z-]+|README)\.md$/,
  /^(?:README\.md|LICENSE|package\.json)$/,
];
const NEEDED = ['README.md', 'LICENSE', 'package.json', 'dist/cjs/package.json', 'dist/esm/cli/main.js'];

/**
 * Holds a tarball against the repository that it was packed from: nothing that no user needs, and the sandbox's page
 * whole, for both module formats.
 */
export async function checkTarball(tarball, repository) {
  const { ok, output } = await runCommand('tar', ['-tzf', tarball], { cwd: repository, timeout: TIMEOUT });
  if (!ok) throw new Error(`The tarball cannot be read:\n${output}`);
  const files = output
    .trim()
    .split('\n')
    .map((line) => line.replace(/^package\//, ''));
  const assets = await filesIn(join(repository, 'lib', 'sandbox', 'page', 'assets'));
  const pages = ['esm', 'cjs'].flatMap((format) => [
    `dist/${format}/sandbox/page/page-folder.js`,
    ...assets.map((name) => `dist/${format}/sandbox/page/assets/${name}`),
  ]);
  const missing = [...NEEDED, ...pages].filter((file) => !files.includes(file));
  const tooMany = files.filter((file) => !PUBLISHED.some((pattern) => pattern.test(file)));
  if (missing.length > 0) throw new Error(`The tarball lacks ${missing.join(', ')}`);
  if (tooMany.length > 0) throw new Error(`The tarball should not hold ${tooMany.join(', ')}`);
}

/** By their paths from the folder, with slashes on every system. */
async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}
