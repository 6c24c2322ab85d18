import { type Command, Option } from 'commander';
import { LOCK_FILE_OPTION, lockFileAt } from './catalog/lock-file-option.js';
import { readCodeEvents } from './catalog/code-catalog.js';
import { endingProcess } from './ending-process.js';
import type { LockRun } from './catalog/lock-command.js';
import { learnFromFile } from './learning/learn-from-file.js';
import { learnFromSandbox } from './learning/learn-from-sandbox.js';
import type { Learned } from './learning/learned.js';
import { LockUpdate } from './locking/lock-update.js';
import { writeLockFile } from './locking/write-lock-file.js';
import { UsageError } from './usage-error.js';

const EXAMPLES = `
Examples, after nest build:
  $ npx nestjs-webengage lock
  $ npx nestjs-webengage lock --retire
  $ npx nestjs-webengage lock --from events.jsonl
  $ npx nestjs-webengage lock --from-sandbox http://127.0.0.1:4010 --license-code '~2024bb40'

Commit the lock file, and run npx nestjs-webengage check in CI.`;

type LockFlags = Omit<LockRun, 'paths'>;

/** `nestjs-webengage lock`: writes the data types of the event classes into the lock file. */
export function addLockCommand(program: Command): void {
  program
    .command('lock')
    .summary("write the event classes' data types into webengage.lock.json")
    .description(
      'Writes the data types of all attributes into the lock file: those that the event classes of compiled modules declare, ' +
        'and those that real traffic teaches. What would lose data is refused, and nothing is written.',
    )
    .argument('[paths...]', 'compiled modules, or folders with *.event.js and *.events.js (default: dist)')
    .option(...LOCK_FILE_OPTION)
    .option('--retire', 'let go of events and attributes that the code no longer declares; their types stay locked')
    .option('--change-types', 'accept types that differ from the locked ones: only where the lock file is wrong')
    .addOption(
      new Option('--from <file>', 'learn from events: JSON Lines, as the sandbox exports them').conflicts(
        'fromSandbox',
      ),
    )
    .option('--from-sandbox <url>', 'learn what a running sandbox has learned')
    .option('--license-code <code>', 'learn from this account alone')
    .addHelpText('after', `\nWith --from or --from-sandbox the code is looked at only if paths are given.\n${EXAMPLES}`)
    .action(endingProcess(runLock));
}

async function runLock(paths: string[], flags: LockFlags): Promise<void> {
  const { lockFile: file, licenseCode } = flags;
  const learned = await learn(flags);
  if (!learned && licenseCode !== undefined) {
    throw new UsageError('--license-code goes with --from or --from-sandbox: it says whose events to learn from');
  }
  const update = new LockUpdate(lockFileAt(file), { ...flags, paths });
  if (!learned || paths.length > 0) update.declare(await readCodeEvents(paths));
  if (learned) {
    process.stderr.write(learned.dropped.describe());
    update.learn(learned);
  }
  process.stdout.write(`${writeLockFile(file, update)}\n`);
}

async function learn({ from, fromSandbox, licenseCode }: LockFlags): Promise<Learned | undefined> {
  if (from !== undefined) return learnFromFile(from, licenseCode);
  return fromSandbox === undefined ? undefined : learnFromSandbox(fromSandbox, licenseCode);
}
