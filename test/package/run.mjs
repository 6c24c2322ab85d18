// Packs the library and proves the tarball in real applications outside the repository: `npm run test:package`.
// Each folder in apps/ is one application; its package.json pins its versions. Its scripts named `check:…` are run in
// their order by the Node at hand, and then those named `run:…` by every version of Node: node-versions.mjs. shared/ is
// copied into each as src/shared/, and so are the folders that its package.json names as its `parts`. Applications with
// the same dependencies share one install. Arguments choose applications by name; all by default.
import { rmSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bySharedInstall, readApps } from './runner/app.mjs';
import { checkOnce, copyApp, runBy } from './runner/check-app.mjs';
import { Matrix } from './runner/matrix.mjs';
import { installNodeVersions } from './runner/node-versions.mjs';
import { pack } from './runner/pack.mjs';
import { killAll } from './runner/run-command.mjs';
import { sideBySide } from './runner/side-by-side.mjs';
import { hasRedisServer, startRedis } from '../support/redis-server.mjs';

const AT_A_TIME = 2;
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

process.exitCode = await main(process.argv.slice(2));

async function main(chosen) {
  const apps = chooseApps(await readApps(here('apps')), chosen);
  const redis = await redisFor(apps);
  const temporary = await realpath(await mkdtemp(join(tmpdir(), 'nestjs-webengage-package-')));
  const stop = () => {
    killAll();
    void redis?.stop();
    rmSync(temporary, { recursive: true, force: true });
    process.exit(130);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    return await checkApps(apps, temporary);
  } finally {
    killAll();
    await redis?.stop();
  }
}

async function checkApps(apps, temporary) {
  const [tarball, nodes] = await Promise.all([
    pack(here('../..'), temporary),
    installNodeVersions(join(temporary, 'node-versions')),
  ]);
  const matrix = new Matrix();
  await sideBySide(bySharedInstall(apps), AT_A_TIME, async (group) => {
    let installed;
    for (const app of group) {
      const folder = join(temporary, app.name);
      await checkApp(app, folder, { tarball, installed, nodes, matrix });
      installed ??= { name: app.name, folder };
    }
    for (const { name } of group) {
      if (matrix.isPassedBy(name)) await remove(join(temporary, name));
      else console.error(`The copy of ${name} is kept in ${join(temporary, name)}`);
    }
  });
  matrix.print();
  if (!matrix.isPassed()) return 1;
  await remove(temporary);
  return 0;
}

async function checkApp(app, folder, { tarball, installed, nodes, matrix }) {
  await copyApp(app, here('.'), folder);
  const once = await checkOnce(app, folder, { tarball, installed });
  matrix.addOnce(app, once);
  for (const script of app.runs) {
    for (const node of nodes) {
      const reason = !once.ok ? 'not reached' : (node.problem ?? (lacksRedis(app) ? 'no Redis' : undefined));
      const cell = reason === undefined ? await runBy(node, script, folder) : { reason };
      matrix.add(app, script, node, cell);
    }
  }
}

function chooseApps(apps, chosen) {
  const names = apps.map(({ name }) => name);
  const unknown = chosen.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`There is no app ${unknown.join(', ')}; there are ${names.join(', ')}`);
  return chosen.length > 0 ? apps.filter(({ name }) => chosen.includes(name)) : apps;
}

/** Starts a Redis for the apps that need one, unless REDIS_URL names one; without any they are checked, but not run. */
async function redisFor(apps) {
  const needy = apps.filter(lacksRedis).map(({ name }) => name);
  if (needy.length === 0) return;
  if (hasRedisServer()) {
    const redis = await startRedis();
    process.env.REDIS_URL = redis.url;
    return redis;
  }
  const reason = 'there is no REDIS_URL, and no redis-server in the PATH';
  if (process.env.REDIS_REQUIRED) throw new Error(`${needy.join(', ')} would be skipped: ${reason}`);
  console.warn(`Skipped: the runs of ${needy.join(', ')}, for ${reason}`);
}

function lacksRedis(app) {
  return app.needsRedis && !process.env.REDIS_URL;
}

function remove(folder) {
  return rm(folder, { recursive: true, force: true });
}
