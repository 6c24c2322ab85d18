import { cp, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { checkReach } from './check-reach.mjs';
import { runCommand } from './run-command.mjs';

const INSTALL_TIMEOUT = 180_000;
const CHECK_TIMEOUT = 120_000;
const CHECK = /^check:/;

/** Whether the app's checks need a Redis. */
export async function needsRedis(appFolder) {
  return (await readJson(join(appFolder, 'package.json'))).needsRedis === true;
}

/**
 * Copies an app and what all apps share into `folder`, installs the tarball there, and runs the app's scripts named
 * `check:…` in their order, until one fails.
 */
export async function checkApp({ appFolder, sharedFolder, durableFolder, tarball, folder }) {
  const startedAt = Date.now();
  await cp(appFolder, folder, { recursive: true, filter: (source) => !/[/\\](node_modules|dist)$/.test(source) });
  await cp(sharedFolder, join(folder, 'src', 'shared'), { recursive: true });
  if (await needsRedis(appFolder)) await cp(durableFolder, join(folder, 'src', 'durable'), { recursive: true });

  const result = { ran: [], ok: true, output: '', nest: '?' };
  for (const step of await stepsOf(folder, tarball)) {
    const stepStartedAt = Date.now();
    const { ok, output } = await step.run();
    const seconds = ((Date.now() - stepStartedAt) / 1000).toFixed(1);
    result.ran.push(ok ? `${step.name} ${seconds}` : `${step.name} FAILED`);
    result.output += `--- ${step.name}\n${output}`;
    if (!ok) {
      result.ok = false;
      break;
    }
  }
  result.nest = await nestVersion(folder);
  return { ...result, seconds: (Date.now() - startedAt) / 1000 };
}

async function stepsOf(folder, tarball) {
  const { scripts = {} } = await readJson(join(folder, 'package.json'));
  const checks = Object.keys(scripts).filter((name) => CHECK.test(name));
  const npm = (args, timeout) => runCommand('npm', args, { cwd: folder, timeout });
  const install = ['install', '--include=dev', '--prefer-offline', '--no-audit', '--no-fund', '--save-exact', tarball];
  return [
    { name: 'install', run: () => npm(install, INSTALL_TIMEOUT) },
    { name: 'peers only', run: () => hasNothingOfItsOwn(folder) },
    { name: 'reach', run: () => checkReach(join(folder, 'node_modules', 'nestjs-webengage', 'dist')) },
    ...checks.map((script) => ({
      name: script.replace(CHECK, ''),
      run: () => npm(['run', '--silent', script], CHECK_TIMEOUT),
    })),
    // An app without a check would pass without having shown anything.
    ...(checks.length > 0 ? [] : [{ name: 'no check:… script', run: async () => ({ ok: false, output: '' }) }]),
  ];
}

/** A second copy of Nest or of class-validator beneath the library would break injection and validation. */
async function hasNothingOfItsOwn(folder) {
  const nested = join(folder, 'node_modules', 'nestjs-webengage', 'node_modules');
  const exists = await stat(nested).then(
    () => true,
    () => false,
  );
  return { ok: !exists, output: exists ? `npm installed packages into ${nested}\n` : '' };
}

async function nestVersion(folder) {
  try {
    return (await readJson(join(folder, 'node_modules', '@nestjs', 'core', 'package.json'))).version;
  } catch {
    return '?';
  }
}

async function readJson(file) {
  return JSON.parse(await readFile(file, 'utf8'));
}
