import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const COMPILER = fileURLToPath(new URL('compile-library.mjs', import.meta.url));
const LIMIT = 120_000;

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The `nestjs-webengage` command, in a process of its own. */
export class CommandProcess {
  stdout = '';
  stderr = '';
  readonly exited: Promise<Exit>;
  private readonly child: ChildProcess;

  /** Killed when it has run for two minutes. */
  constructor(commandLine: readonly string[], nodeOptions: readonly string[] = []) {
    const main = join(compiledLibrary(), 'dist/esm/cli/main.js');
    const env = { PATH: process.env.PATH, NO_COLOR: '1' };
    this.child = spawn(process.execPath, [...nodeOptions, main, ...commandLine], { env, timeout: LIMIT });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.exited = new Promise((resolve) => this.child.once('close', (code, signal) => resolve({ code, signal })));
  }

  /** Runs a sandbox and resolves with its URL once it listens. */
  static async startSandbox(...options: string[]): Promise<{ command: CommandProcess; url: string }> {
    const command = new CommandProcess(['sandbox', '--port', '0', ...options]);
    return { command, url: await command.url() };
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** The URL that the sandbox prints; rejects if it ends before. */
  async url(): Promise<string> {
    const printed = () => /WEBENGAGE_HOST=(\S+)\n/.exec(this.stdout)?.[1];
    while (printed() === undefined) {
      if (!this.isRunning) throw new Error(`The sandbox did not start: ${this.stderr}`);
      await Promise.race([new Promise((resolve) => this.child.stdout?.once('data', resolve)), this.exited]);
    }
    return printed() as string;
  }

  signal(name: NodeJS.Signals): Promise<Exit> {
    this.child.kill(name);
    return this.exited;
  }
}

let folder: string | undefined;

function compiledLibrary(): string {
  return (folder ??= execFileSync(process.execPath, [COMPILER], { encoding: 'utf8' }));
}
