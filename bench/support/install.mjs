import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const bench = fileURLToPath(new URL('..', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const installed = `${bench}node_modules/.package-lock.json`;

/** Installs the libraries to compare with, if they are missing or older than the lockfile. */
export function installPeers() {
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(`${bench}package-lock.json`).mtimeMs) return;
  const { status } = spawnSync('npm', ['ci', '--prefix', bench, '--ignore-scripts', '--no-audit', '--no-fund'], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('npm ci failed in bench/');
}

/** The installed version of a package, of the library itself too. */
export function versionOf(name) {
  const folders = [`${bench}node_modules/${name}`, `${root}node_modules/${name}`];
  // The root's axios is measured; bench/ has one of its own below a peer.
  const candidates = name === 'axios' ? folders.toReversed() : folders;
  const folder = candidates.find((candidate) => existsSync(candidate)) ?? root;
  return JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')).version;
}
