// Compiles lib/ as it is now, for tests that run the command in a process of its own, and prints the folder it is in.
// dist/ will not do: it may be missing, or older than lib/. What was compiled before is used again.
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const DAY = 86_400_000;
const root = fileURLToPath(new URL('../..', import.meta.url));
// Within node_modules, where packages are found from it.
const cache = join(root, 'node_modules/.cache/nestjs-webengage');

const files = readdirSync(join(root, 'lib'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => join(parentPath, name))
  .sort();
const hash = createHash('sha256');
for (const file of files) hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
const folder = join(cache, hash.digest('hex').slice(0, 16));

if (!existsSync(folder)) await compile();
process.stdout.write(folder);

async function compile() {
  const { default: ts } = await import('typescript');
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  forgetOldOnes();
  const draft = `${folder}.${process.pid}`;
  for (const file of files) {
    const target = join(draft, 'dist/esm', relative(join(root, 'lib'), file));
    mkdirSync(dirname(target), { recursive: true });
    if (!file.endsWith('.ts') || file.endsWith('.d.ts')) cpSync(file, target);
    else writeFileSync(target.replace(/\.ts$/, '.js'), toJavaScript(ts, file, options));
  }
  cpSync(join(root, 'package.json'), join(draft, 'package.json'));
  moveInto(draft);
}

function toJavaScript(ts, file, options) {
  const compilerOptions = { ...options, module: ts.ModuleKind.ESNext, inlineSourceMap: true, inlineSources: true };
  return ts.transpileModule(readFileSync(file, 'utf8'), { fileName: file, compilerOptions }).outputText;
}

/** Another process may have compiled the same meanwhile. */
function moveInto(draft) {
  try {
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

function forgetOldOnes() {
  mkdirSync(cache, { recursive: true });
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() };
    if (Date.now() - mtimeMs > DAY) rmSync(path, { recursive: true, force: true });
  }
}
