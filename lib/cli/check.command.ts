import type { Command } from 'commander';
import { compareWithLockFile } from '../catalog/lock-file/compare-lock-file.js';
import { describeLockDifference } from '../catalog/lock-file/describe-lock-difference.js';
import { readCodeEvents } from './catalog/code-catalog.js';
import { describeRemedies } from './catalog/describe-remedies.js';
import { lockCommand } from './catalog/lock-command.js';
import { LOCK_FILE_OPTION, lockFileAt } from './catalog/lock-file-option.js';
import { describeSize } from './catalog/describe-size.js';
import { endingProcess } from './ending-process.js';
import { UsageError } from './usage-error.js';

const EXAMPLES = `
Examples, in CI after nest build:
  $ npx nestjs-webengage check
  $ npx nestjs-webengage check dist/events dist/legacy/tracking.js

It ends with 0 if the code and the lock file are equal, with 1 if they differ, and with 2 if it cannot tell.`;

interface CheckFlags {
  readonly lockFile: string;
}

/** `nestjs-webengage check`: compares the code with the lock file. */
export function addCheckCommand(program: Command): void {
  program
    .command('check')
    .summary('compare the event classes with the lock file, for CI')
    .description(
      'Compares the event classes of compiled modules with the lock file, and tells each difference in one line: data types ' +
        'that have changed, what was removed or renamed, what is new, and limits that are passed.',
    )
    .argument('[paths...]', 'compiled modules, or folders with *.event.js and *.events.js (default: dist)')
    .option(...LOCK_FILE_OPTION)
    .addHelpText('after', EXAMPLES)
    .action(endingProcess(runCheck));
}

async function runCheck(paths: string[], { lockFile: file }: CheckFlags): Promise<void> {
  const run = { paths, lockFile: file };
  const lockFile = lockFileAt(file);
  if (!lockFile) throw new UsageError(`${file} does not exist. Write it with ${lockCommand(run)}, and commit it`);
  const events = await readCodeEvents(paths);
  const differences = compareWithLockFile(events, lockFile);
  if (differences.length > 0) {
    const lines = differences.map((difference) => describeLockDifference(difference, file));
    const advice = describeRemedies(differences, run);
    throw new UsageError([...lines, advice].join('\n'), 1);
  }
  process.stdout.write(`The code and ${file} are equal: ${describeSize(lockFile)}\n`);
}
