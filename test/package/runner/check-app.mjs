import { cp, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { packagesReachedFrom } from './reached-packages.mjs';
import { runCommand } from './run-command.mjs';

const INSTALL_TIMEOUT = 180_000;
const CHECK_TIMEOUT = 120_000;
const CHECK = /^check:/;
/** What the core is made of, for programs and for the compiler. */
const CORE = ['esm/index.js', 'esm/index.d.ts', 'cjs/index.js', 'cjs/index.d.ts'];
/** What only durable delivery needs. */
const DURABLE_ONLY = ['bullmq', 'ioredis'];

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
    const { ok, output } = await step.run();
    result.ran.push(ok ? step.name : `${step.name} FAILED`);
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
    { name: 'core alone', run: () => coreReachesNoDurablePackage(folder) },
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

/** Whoever imports the core loads neither package, nor does the compiler need their types. */
async function coreReachesNoDurablePackage(folder) {
  const dist = join(folder, 'node_modules', 'nestjs-webengage', 'dist');
  let output = '';
  for (const file of CORE) {
    const reached = await packagesReachedFrom(join(dist, file));
    const wrong = DURABLE_ONLY.filter((name) => reached.has(name));
    // A walk that met nothing at all would have shown nothing.
    if (!reached.has('rxjs')) output += `${file} was not read: it reaches no rxjs\n`;
    if (wrong.length > 0) output += `${file} reaches ${wrong.join(' and ')}\n`;
  }
  return { ok: output === '', output };
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
