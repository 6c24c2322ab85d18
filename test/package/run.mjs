// Packs the library and proves the tarball in real applications outside the repository: `npm run test:package`.
// Each folder in apps/ is one application; its package.json pins its versions, and its scripts named `check:…` are run
// in their order. shared/ is copied into each as src/shared/, and durable/ as src/durable/ into those whose package.json
// says `needsRedis`. Arguments choose applications by name; all by default.
import { rmSync } from 'node:fs';
import { cp, mkdtemp, readdir, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkApp, needsRedis } from './runner/check-app.mjs';
import { checkTarball } from './runner/check-tarball.mjs';
import { killAll, runCommand } from './runner/run-command.mjs';
import { hasRedisServer, startRedis } from '../support/redis-server.mjs';

const PACK_TIMEOUT = 120_000;
const NOT_COPIED = ['bench', '.git', 'build', 'coverage', 'dist', 'node_modules'];
const repository = fileURLToPath(new URL('../..', import.meta.url));
const appsFolder = fileURLToPath(new URL('apps', import.meta.url));
const sharedFolder = fileURLToPath(new URL('shared', import.meta.url));
const durableFolder = fileURLToPath(new URL('durable', import.meta.url));

process.exitCode = await main(process.argv.slice(2));

async function main(chosen) {
  const { apps, redis } = await withRedisOrWithout(await chooseApps(chosen));
  try {
    return await checkApps(apps, redis);
  } finally {
    await redis?.stop();
  }
}

async function checkApps(apps, redis) {
  const temporary = await realpath(await mkdtemp(join(tmpdir(), 'nestjs-webengage-package-')));
  const stop = () => {
    killAll();
    void redis?.stop();
    rmSync(temporary, { recursive: true, force: true });
    process.exit(130);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);

  const tarball = await pack(temporary);
  const rows = [];
  for (const app of apps) {
    console.log(`${app} …`);
    const folder = join(temporary, app);
    const result = await checkApp({ appFolder: join(appsFolder, app), sharedFolder, durableFolder, tarball, folder });
    if (result.ok) await remove(folder);
    else console.error(`${result.output}\n${app} FAILED; its copy is kept in ${folder}\n`);
    rows.push({
      app,
      Node: process.versions.node,
      Nest: result.nest,
      ran: result.ran.join(', '),
      result: result.ok ? 'ok' : 'failed',
      seconds: Number(result.seconds.toFixed(1)),
    });
  }

  console.table(rows);
  const allPassed = rows.every(({ result }) => result === 'ok');
  if (allPassed) await remove(temporary);
  return allPassed ? 0 : 1;
}

async function chooseApps(chosen) {
  const entries = await readdir(appsFolder, { withFileTypes: true });
  const apps = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const unknown = chosen.filter((name) => !apps.includes(name));
  if (unknown.length > 0) throw new Error(`There is no app ${unknown.join(', ')}; there are ${apps.join(', ')}`);
  return chosen.length > 0 ? chosen : apps;
}

/** Starts a Redis for the apps that need one, unless REDIS_URL names one; without any they are left out. */
async function withRedisOrWithout(apps) {
  const needy = await Promise.all(apps.map((app) => needsRedis(join(appsFolder, app))));
  if (!needy.includes(true) || process.env.REDIS_URL) return { apps };
  if (hasRedisServer()) {
    const redis = await startRedis();
    process.env.REDIS_URL = redis.url;
    return { apps, redis };
  }
  const reason = 'there is no REDIS_URL, and no redis-server in the PATH';
  const skipped = apps.filter((_app, index) => needy[index]);
  if (process.env.REDIS_REQUIRED) throw new Error(`${skipped.join(', ')} would be skipped: ${reason}`);
  console.warn(`Skipped: ${skipped.join(', ')}, for ${reason}`);
  return { apps: apps.filter((_app, index) => !needy[index]) };
}

/**
 * Makes the tarball as publishing would: `prepare` builds it. That happens in a copy of the repository, because a build
 * empties dist/, and whatever else runs in the repository at the time may be reading or building it too.
 */
async function pack(folder) {
  const copy = join(folder, 'repository');
  const isCopied = (source) => !NOT_COPIED.includes(relative(repository, source));
  await cp(repository, copy, { recursive: true, filter: isCopied });
  await symlink(join(repository, 'node_modules'), join(copy, 'node_modules'));

  const packed = await runCommand('npm', ['pack', '--pack-destination', folder], { cwd: copy, timeout: PACK_TIMEOUT });
  const [tarball] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
  if (!packed.ok || tarball === undefined) throw new Error(`npm pack failed in ${copy}:\n${packed.output}`);
  await checkTarball(join(folder, tarball), copy);
  await remove(copy);
  return join(folder, tarball);
}

function remove(folder) {
  return rm(folder, { recursive: true, force: true });
}
