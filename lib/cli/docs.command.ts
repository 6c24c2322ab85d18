import type { Command } from 'commander';
import { type EventDeclaration, readCodeCatalog } from './catalog/code-catalog.js';
import { countOf } from './catalog/describe-size.js';
import { LOCK_FILE_OPTION, lockFileAt } from './catalog/lock-file-option.js';
import { writeWholeFile } from './catalog/write-file.js';
import { endingProcess } from './ending-process.js';
import { DocComments } from './sources/doc-comments.js';
import { loadTypeScript } from './sources/load-typescript.js';
import { formatPlan } from './tracking-plan/format-plan.js';
import { UsageError } from './usage-error.js';

const EXAMPLES = `
Examples, after nest build:
  $ npx nestjs-webengage docs
  $ npx nestjs-webengage docs --output docs/tracking-plan.md --title 'Events of the shop'

Descriptions are those of the decorators, or else the doc comments of classes and properties; to read these it needs the
package typescript, and the source maps or the comments in the compiled modules.`;
const NO_TYPESCRIPT =
  'Doc comments were not read: there is no package typescript here, or one without a compiler API (npm install -D typescript@6)\n';

interface DocsFlags {
  readonly lockFile: string;
  readonly output?: string;
  readonly title: string;
}

/** `nestjs-webengage docs`: writes a tracking plan. */
export function addDocsCommand(program: Command): void {
  const docs = program
    .command('docs')
    .summary('write a tracking plan of the event classes, in Markdown')
    .description(
      'Writes what the event classes of compiled modules declare as a tracking plan that everybody can read: each event and ' +
        'its attributes, with data types, descriptions and examples.',
    )
    .argument('[paths...]', 'compiled modules, or folders with *.event.js and *.events.js (default: dist)')
    .option('-o, --output <file>', 'the file to write (default: the terminal)')
    .option('--title <text>', 'the heading', 'Tracking plan')
    .option(...LOCK_FILE_OPTION)
    .addHelpText('after', EXAMPLES);
  docs.action(
    endingProcess((paths: string[], flags: DocsFlags) =>
      runDocs(paths, flags, docs.getOptionValueSource('lockFile') === 'cli'),
    ),
  );
}

async function runDocs(paths: string[], flags: DocsFlags, isLockFileNamed: boolean): Promise<void> {
  const { lockFile: file, output, title } = flags;
  const lockFile = lockFileAt(file);
  if (!lockFile && isLockFileNamed) throw new UsageError(`${file} does not exist`);
  const declarations = await readCodeCatalog(paths);
  const { planEvents } = await import('./tracking-plan/plan-events.js');
  const events = planEvents(declarations, lockFile, await commentsFor(declarations));
  const plan = formatPlan(title, events);
  if (output === undefined) {
    process.stdout.write(plan);
    return;
  }
  writeWholeFile(output, plan);
  process.stdout.write(`${output}: ${countOf(events.length, 'event')}\n`);
}

/** Only where a decorator leaves something to be said. */
async function commentsFor(declarations: readonly EventDeclaration[]): Promise<DocComments | undefined> {
  const { isWhollyDescribed } = await import('./tracking-plan/is-wholly-described.js');
  if (declarations.every(isWhollyDescribed)) return undefined;
  const typescript = await loadTypeScript();
  if (!typescript) process.stderr.write(NO_TYPESCRIPT);
  return typescript && new DocComments(typescript);
}
