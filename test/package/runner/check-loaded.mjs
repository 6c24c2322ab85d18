import { cp, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readPackage } from './app.mjs';
import { COMMAND, OPTIONAL_PEERS } from './check-reach.mjs';
import { runCommand } from './run-command.mjs';

const LIBRARY = 'nestjs-webengage';
const TIMEOUT = 30_000;
const NEVER = [...OPTIONAL_PEERS, ...COMMAND];
const MODULE = /.*[/\\]node_modules[/\\](?<name>(?:@[^/\\]+[/\\])?[^/\\]+)[/\\]/;
const REPORTER = 'report-loaded.mjs';
const SAMPLES = 5;

/**
 * What the package may cost whoever installs it and imports its core: a tenth more than it does. Whoever raises this says
 * why. The compiler writes more for CommonJS: each use of an import names its module.
 */
const BUDGET = {
  modules: 165,
  loadedBytes: { import: 320_000, require: 365_000 },
  packedBytes: 1_030_000,
  timesThePeers: 3,
};

/**
 * Loads the core in a process of its own, in an installed app: by `import`, and where Nest is CommonJS by `require` too.
 * No optional peer may be loaded, and no more of the package than the budget allows.
 */
export async function checkLoaded(folder) {
  const { type } = await readPackage(join(folder, 'node_modules', '@nestjs', 'core'));
  let output = '';
  for (const how of type === 'module' ? ['import'] : ['import', 'require']) {
    const { modules, bytes, packages } = await loadedBy(how, folder);
    const wrong = NEVER.filter((name) => packages.has(name));
    if (wrong.length > 0) output += `By ${how}, the core loads ${wrong.join(', ')}\n`;
    // Had the reporter seen nothing, this would have shown nothing.
    if (modules < 2 || !packages.has('@nestjs/common')) output += `By ${how}, no loaded module was seen\n`;
    output += excess(`own modules loaded by ${how}`, modules, BUDGET.modules);
    output += excess(`own bytes loaded by ${how}`, bytes, BUDGET.loadedBytes[how]);
  }
  return { ok: output === '', output };
}

/** What the tarball weighs, and what importing the core costs an app that has nothing but the required peers. */
export async function measureImport(folder, tarball) {
  const { modules, bytes } = await loadedBy('import', folder);
  const { peerDependencies, peerDependenciesMeta } = await readPackage(join(folder, 'node_modules', LIBRARY));
  const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
  const samples = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const milliseconds = await report(folder, ['time', ...peers, LIBRARY]);
    const core = milliseconds.pop();
    samples.push({ core, ofPeers: milliseconds.reduce((sum, each) => sum + each, 0) });
  }
  const ofPeers = median(samples.map((sample) => sample.ofPeers));
  const withCore = median(samples.map((sample) => sample.ofPeers + sample.core));
  const packedBytes = (await stat(tarball)).size;
  const figures = {
    'tarball, bytes': { measured: packedBytes, budget: BUDGET.packedBytes },
    'own modules that the core loads': { measured: modules, budget: BUDGET.modules },
    'own bytes that the core loads': { measured: bytes, budget: BUDGET.loadedBytes.import },
    'import of the required peers, ms (median)': { measured: Math.round(ofPeers) },
    'import of them and the core, ms (median)': { measured: Math.round(withCore) },
    'the latter in terms of the former': {
      measured: Number((withCore / ofPeers).toFixed(2)),
      budget: BUDGET.timesThePeers,
    },
  };
  const output = Object.entries(figures).map(([what, { measured, budget }]) => excess(what, measured, budget));
  return { ok: output.join('') === '', output: output.join(''), figures };
}

/** The package's own modules that importing or requiring the core loads, their bytes, and the packages that it loads. */
async function loadedBy(how, folder) {
  const files = await report(folder, [how, LIBRARY]);
  const nameOf = (file) => MODULE.exec(file)?.groups.name.replace('\\', '/');
  const own = files.filter((file) => nameOf(file) === LIBRARY);
  const sizes = await Promise.all(own.map(async (file) => (await stat(file)).size));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  return { modules: own.length, bytes, packages: new Set(files.map(nameOf)) };
}

async function report(folder, words) {
  await cp(fileURLToPath(new URL(REPORTER, import.meta.url)), join(folder, REPORTER));
  // Without this, `require` gives the ES modules to an application of any Nest.
  const options = words[0] === 'require' ? ['--no-experimental-require-module'] : [];
  const args = [...options, REPORTER, ...words];
  const { ok, output } = await runCommand(process.execPath, args, { cwd: folder, timeout: TIMEOUT });
  if (!ok) throw new Error(`node ${args.join(' ')} failed:\n${output}`);
  return JSON.parse(output);
}

function excess(what, measured, budget = Infinity) {
  return measured > budget ? `${what}: ${measured}, which is over the budget of ${budget}\n` : '';
}

function median(values) {
  return values.sort((one, other) => one - other)[Math.floor(values.length / 2)];
}
