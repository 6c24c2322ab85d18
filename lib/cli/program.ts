import { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { addSandboxCommand } from './sandbox.command.js';
import { UsageError } from './usage-error.js';

/** Exit code of a command that was called wrongly. */
const WRONG_USAGE = 2;

/** Runs the `nestjs-webengage` command; what its user did wrong ends it with one line, not with a stack. */
export async function runProgram(commandLine: readonly string[]): Promise<void> {
  try {
    await createProgram().parseAsync(commandLine);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}

function createProgram(): Command {
  const program = new Command('nestjs-webengage')
    .description('Tools for sending events to WebEngage.')
    .version(ownVersion(), '-v, --version')
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : WRONG_USAGE))
    .showHelpAfterError('(add --help for all commands and options)');
  addSandboxCommand(program);
  return program;
}

function ownVersion(): string {
  const file = new URL('../../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
