// Builds the package twice, as ES modules and as CommonJS: Nest 12 apps load the first, Nest 11 apps under Jest the second.
import { spawnSync } from 'node:child_process';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

rmSync(`${root}/dist`, { recursive: true, force: true });
for (const project of ['tsconfig.build.esm.json', 'tsconfig.build.cjs.json']) {
  const { status } = spawnSync(process.execPath, [tsc, '-p', project], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
// The sandbox's page is served as it is written; where its files are, each module format says in its own way.
for (const format of ['esm', 'cjs']) {
  cpSync(`${root}/lib/sandbox/page/assets`, `${root}/dist/${format}/sandbox/page/assets`, { recursive: true });
}
cpSync(`${root}/lib/sandbox/page/page-folder.js`, `${root}/dist/esm/sandbox/page/page-folder.js`);
writeFileSync(`${root}/dist/cjs/sandbox/page/page-folder.js`, 'exports.pageFolder = __dirname;\n');
writeFileSync(`${root}/dist/cjs/package.json`, '{"type":"commonjs"}\n');
