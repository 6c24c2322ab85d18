import { cp, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { readPackage } from './app.mjs';
import { checkLoaded, measureImport } from './check-loaded.mjs';
import { checkReach } from './check-reach.mjs';
import { runCommand } from './run-command.mjs';

const INSTALL_TIMEOUT = 240_000;
const CHECK_TIMEOUT = 120_000;
const INSTALL = ['install', '--include=dev', '--prefer-offline', '--no-audit', '--no-fund', '--save-exact'];

/** Copies an app: its own folder, what all apps share, and the `parts` that its package.json names. */
export async function copyApp(app, partsFolder, folder) {
  await cp(app.source, folder, { recursive: true, filter: (source) => !/[/\\](node_modules|dist)$/.test(source) });
  for (const part of ['shared', ...app.parts]) {
    await cp(join(partsFolder, part), join(folder, 'src', part), { recursive: true });
  }
}

/**
 * What is done once, by the Node that runs this: installs the tarball, looks at what was installed, and runs the app's
 * scripts named `check:…` in their order, until one fails.
 *
 * @param installed the folder of an app with the same dependencies, whose install this one uses
 */
export async function checkOnce(app, folder, { tarball, installed }) {
  const result = { ok: true, ran: [], output: '', nest: '?' };
  for (const step of stepsOf(app, folder, { tarball, installed })) {
    const startedAt = Date.now();
    const { ok, output, figures } = await step.run().catch((error) => ({ ok: false, output: `${error.message}\n` }));
    result.figures ??= figures;
    result.ran.push(ok ? `${step.name} ${secondsSince(startedAt)}` : `${step.name} FAILED`);
    result.output += `--- ${step.name}\n${output}`;
    if (!ok) {
      result.ok = false;
      break;
    }
  }
  const { version } = await readPackage(join(folder, 'node_modules', '@nestjs', 'core')).catch(() => ({
    version: '?',
  }));
  return { ...result, nest: version };
}

/** What is done by every version of Node: one of the app's scripts named `run:…`. */
export async function runBy(node, { command }, folder) {
  const startedAt = Date.now();
  const paths = [...node.paths, join(folder, 'node_modules', '.bin')];
  const { ok, output } = await runCommand('sh', ['-c', command], { cwd: folder, timeout: CHECK_TIMEOUT, paths });
  return { ok, output, seconds: secondsSince(startedAt) };
}

function stepsOf(app, folder, { tarball, installed }) {
  const npm = (args, timeout) => runCommand('npm', args, { cwd: folder, timeout });
  const library = join(folder, 'node_modules', 'nestjs-webengage');
  const install = installed
    ? [{ name: `install of ${installed.name}`, run: () => useInstallOf(installed.folder, folder) }]
    : [
        { name: 'install', run: () => npm([...INSTALL, tarball], INSTALL_TIMEOUT) },
        { name: 'peers only', run: () => hasNothingOfItsOwn(library) },
        { name: 'reach', run: () => checkReach(library) },
        { name: 'loaded', run: () => checkLoaded(folder) },
        ...(app.isMeasured ? [{ name: 'import cost', run: () => measureImport(folder, tarball) }] : []),
      ];
  const checks = app.checks.map(({ name }) => ({
    name,
    run: () => npm(['run', '--silent', `check:${name}`], CHECK_TIMEOUT),
  }));
  // An app without a check would pass without having shown anything.
  const none = { name: 'no run:… script', run: async () => ({ ok: false, output: '' }) };
  return [...install, ...checks, ...(app.runs.length > 0 ? [] : [none])];
}

async function useInstallOf(installedFolder, folder) {
  await symlink(join(installedFolder, 'node_modules'), join(folder, 'node_modules'));
  return { ok: true, output: '' };
}

/** A second copy of Nest or of class-validator beneath the library would break injection and validation. */
async function hasNothingOfItsOwn(library) {
  const nested = join(library, 'node_modules');
  const exists = await stat(nested).then(
    () => true,
    () => false,
  );
  return { ok: !exists, output: exists ? `npm installed packages into ${nested}\n` : '' };
}

function secondsSince(startedAt) {
  return ((Date.now() - startedAt) / 1000).toFixed(1);
}
