import { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { addCheckCommand } from './check.command.js';
import { addDocsCommand } from './docs.command.js';
import { addLockCommand } from './lock.command.js';
import { addSandboxCommand } from './sandbox.command.js';
import { tellUsageErrors } from './usage-error.js';

/** Exit code of a command that was called wrongly. */
const WRONG_USAGE = 2;

/** Runs the `nestjs-webengage` command; what its user did wrong ends it with a message, not with a stack. */
export async function runProgram(commandLine: readonly string[]): Promise<void> {
  await tellUsageErrors(() => createProgram().parseAsync(commandLine));
}

function createProgram(): Command {
  const program = new Command('nestjs-webengage')
    .description('Tools for sending events to WebEngage.')
    .version(ownVersion(), '-v, --version')
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : WRONG_USAGE))
    .showHelpAfterError('(add --help for all commands and options)');
  addSandboxCommand(program);
  addLockCommand(program);
  addCheckCommand(program);
  addDocsCommand(program);
  return program;
}

function ownVersion(): string {
  const file = new URL('../../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
