import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './run-command.mjs';

/** The oldest that the package supports, and the newest of each line with long-term support. */
const VERSIONS = ['20.19.0', '22.23.3', '24.21.0'];
const INSTALL = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
const TIMEOUT = 180_000;

/**
 * Installs the Node binaries that NODE_VERSIONS names, or those above, from npm: each with the folder of its `node`, or
 * with why there is none. Where there is none at all, the Node that runs this stands in for them.
 */
export async function installNodeVersions(folder) {
  const versions = process.env.NODE_VERSIONS?.split(/[\s,]+/) ?? VERSIONS;
  const nodes = await Promise.all(versions.map((version) => installNode(version, join(folder, version))));
  if (nodes.some(({ problem }) => problem === undefined)) return nodes;
  return [{ version: process.versions.node, paths: [] }, ...nodes];
}

async function installNode(version, folder) {
  // The package `node` would choose this one by a script of its own.
  const binary = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  await mkdir(folder, { recursive: true });
  const run = (command, args, paths) => runCommand(command, args, { cwd: folder, timeout: TIMEOUT, paths });
  const installed = await run('npm', [...INSTALL, '--prefix', folder, `${binary}@${version}`]);
  const paths = [join(folder, 'node_modules', binary, 'bin')];
  const told = await run('node', ['--version'], paths);
  if (installed.ok && told.output.trim() === `v${version}`) return { version, paths };

  const problem = `no ${binary}@${version}`;
  if (process.env.NODE_VERSIONS_REQUIRED) throw new Error(`${problem}:\n${installed.output}${told.output}`);
  console.warn(`Skipped: Node ${version}, for there is ${problem}:\n${installed.output}`);
  return { version, problem };
}
