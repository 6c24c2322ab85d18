import { cp, readdir, rm, symlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { checkTarball } from './check-tarball.mjs';
import { runCommand } from './run-command.mjs';

const TIMEOUT = 120_000;
const NOT_COPIED = ['bench', '.git', 'build', 'coverage', 'dist', 'node_modules'];

/**
 * Makes the tarball as publishing would: `prepare` builds it. That happens in a copy of the repository, because a build
 * empties dist/, and whatever else runs in the repository at the time may be reading or building it too.
 */
export async function pack(repository, folder) {
  const copy = join(folder, 'repository');
  const isCopied = (source) => !NOT_COPIED.includes(relative(repository, source));
  await cp(repository, copy, { recursive: true, filter: isCopied });
  await symlink(join(repository, 'node_modules'), join(copy, 'node_modules'));

  const packed = await runCommand('npm', ['pack', '--pack-destination', folder], { cwd: copy, timeout: TIMEOUT });
  const [tarball] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
  if (!packed.ok || tarball === undefined) throw new Error(`npm pack failed in ${copy}:\n${packed.output}`);
  await checkTarball(join(folder, tarball), copy);
  await rm(copy, { recursive: true, force: true });
  return join(folder, tarball);
}
