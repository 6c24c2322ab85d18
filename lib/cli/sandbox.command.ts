import { type Command, InvalidArgumentError } from 'commander';
import { ConfigurationError } from '../errors/configuration.error.js';
import type { SandboxOptions, SandboxQuota } from '../sandbox/sandbox.options.js';
import { WebEngageSandbox } from '../sandbox/webengage-sandbox.js';
import { readSeed, type SeedLine } from './read-seed.js';
import { UsageError } from './usage-error.js';

const DEFAULT_PORT = 4010;
const QUOTA = /^(\d+)(?:,(\d+))?$/;
const SEED_OPTION = /^seed\[(\d+)\]$/;
const EXAMPLES = `
Examples:
  $ npx nestjs-webengage sandbox
  $ npx nestjs-webengage sandbox --port 0 --api-key secret --license-code '~2024bb40'
  $ npx nestjs-webengage sandbox --quota 100,10 --seed events.jsonl
  $ npx nestjs-webengage sandbox --lock-file webengage.lock.json

Put the URL that it prints into WEBENGAGE_HOST, and open it in a browser to watch the events.`;

type PassedOn = 'apiKey' | 'licenseCode' | 'quota' | 'maxEvents' | 'lockFile';

interface SandboxFlags extends Pick<SandboxOptions, PassedOn> {
  readonly port: number;
  readonly host: string;
  readonly seed?: string;
}

/** `nestjs-webengage sandbox`: runs a sandbox until Ctrl-C. */
export function addSandboxCommand(program: Command): void {
  program
    .command('sandbox')
    .summary('run a double of the WebEngage API, with a live page')
    .description(
      "Runs a double of WebEngage's events API on this machine. It answers as WebEngage does, and its page shows each " +
        'event, and what WebEngage would silently drop of it, with the reason.',
    )
    .option('-p, --port <number>', 'the port to listen at; 0 for any free one', wholeNumber(0, 65_535), DEFAULT_PORT)
    .option('--host <address>', 'the address to listen at; beyond loopback everybody can see the events', '127.0.0.1')
    .option('--api-key <key>', 'the only key that is let in; others get 401 (default: every key is let in)')
    .option('--license-code <code>', 'the only account there is; others get 404 (default: every account is there)')
    .option('--quota <single[,bulk]>', 'calls a minute: single, and bulk (default: 5000,500)', readQuota)
    .option('--max-events <number>', 'events that it remembers (default: 10000)', wholeNumber(1, 1_000_000))
    .option('--lock-file <file>', 'a webengage.lock.json; the data types that it holds are locked from the beginning')
    .option('--seed <file>', 'events to begin with: JSON Lines, as the page exports them')
    .addHelpText('after', EXAMPLES)
    .action(runSandbox);
}

async function runSandbox({ seed, ...flags }: SandboxFlags): Promise<void> {
  const sandbox = await start(flags, seed === undefined ? [] : readSeed(seed));
  const credentials = (flags.apiKey ?? flags.licenseCode) ? '' : ', with any license code and key,';
  process.stdout.write(
    `The sandbox listens; open it in a browser, or set${credentials} WEBENGAGE_HOST=${sandbox.url}\n`,
  );
  if (!sandbox.isOnLoopback) {
    process.stderr.write(
      `Warning: it listens at ${flags.host}. Everybody who can reach this machine can send, read and clear events. ` +
        'An application on another machine or in a container needs allowInsecureHost too.\n',
    );
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close());
}

async function start(flags: Omit<SandboxFlags, 'seed'>, lines: readonly SeedLine[]): Promise<WebEngageSandbox> {
  try {
    return await WebEngageSandbox.start({ ...flags, seed: lines.map(({ event }) => event) });
  } catch (error) {
    if (error instanceof ConfigurationError) throw new UsageError(describeProblems(error, lines));
    throw listenProblem(error as NodeJS.ErrnoException, flags) ?? error;
  }
}

/** What is wrong with events of the seed is told by their places in the file; of the lock file, each message has the path. */
function describeProblems({ problems }: ConfigurationError, lines: readonly SeedLine[]): string {
  const placeOf = (option: string): string => lines[Number(SEED_OPTION.exec(option)?.[1])]?.place ?? option;
  return problems
    .map(({ option, message }) => (option === 'lockFile' ? message : `${placeOf(option)}: ${message}`))
    .join('\n');
}

function listenProblem({ code }: NodeJS.ErrnoException, { port, host }: { port: number; host: string }) {
  switch (code) {
    case 'EADDRINUSE':
      return new UsageError(`Port ${port} is taken. Choose another with --port, or any free one with --port 0`, 1);
    case 'EACCES':
      return new UsageError(`Port ${port} may not be used by you. Choose one above 1023 with --port`, 1);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new UsageError(`${host} is no address of this machine. Leave --host out, or give one that is`);
    default:
      return undefined;
  }
}

function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : NaN;
    if (number >= min && number <= max) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}

function readQuota(text: string): SandboxQuota {
  const [, single, bulk] = QUOTA.exec(text) ?? [];
  if (single === undefined)
    throw new InvalidArgumentError('It must be one or two whole numbers, like 5000 or 5000,500.');
  return { single: Number(single), bulk: bulk === undefined ? undefined : Number(bulk) };
}
