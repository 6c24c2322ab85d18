import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';

const { version } = createRequire(import.meta.url)('nestjs-webengage/package.json') as { version: string };

class Command {
  output = '';
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown[]>;

  constructor(command: string, ...words: string[]) {
    this.child = spawn(command, words, { env: { ...process.env, NO_COLOR: '1', npm_config_loglevel: 'error' } });
    this.ended = once(this.child, 'close');
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
  }

  /** Its exit code, or the signal that killed it. */
  async end(): Promise<unknown> {
    const [code, signal] = await this.ended;
    return code ?? signal;
  }

  interrupt(): void {
    this.child.kill('SIGINT');
  }
}

describe('the nestjs-webengage command of the package', () => {
  it.each([
    [['--help'], /^Usage: nestjs-webengage [^]*\n  sandbox /],
    [['sandbox', '--help'], /^Usage: nestjs-webengage sandbox [^]*--port <number>[^]*--api-key <key>/],
    [['--version'], new RegExp(`^${version.replaceAll('.', '\\.')}\n$`)],
  ])('answers npx with %j', async (words, expected) => {
    const command = new Command('npx', 'nestjs-webengage', ...words);
    expect(await command.end()).toBe(0);
    expect(command.output).toMatch(expected);
  });

  it('says what is wrong, and ends with 2', async () => {
    const command = new Command('npx', 'nestjs-webengage', 'sandbox', '--port', 'none');
    expect(await command.end()).toBe(2);
    expect(command.output).toMatch(/whole number from 0 to 65535/);
  });

  it('runs a sandbox until Ctrl-C, and ends with 0', async () => {
    // Not by npx: that would end by the signal itself, whatever the command ends with.
    const command = new Command('node_modules/.bin/nestjs-webengage', 'sandbox', '--port', '0');
    try {
      await vi.waitFor(() => expect(command.output).toMatch(/WEBENGAGE_HOST=http\S+\n/), { timeout: 10_000 });
      const [, url] = /WEBENGAGE_HOST=(\S+)/.exec(command.output) ?? [];
      expect(await (await fetch(`${url}/api/state`)).json()).toMatchObject({ counts: { calls: 0 } });
      expect((await fetch(`${url}/assets/page.js`)).headers.get('content-type')).toMatch(/^text\/javascript/);
    } finally {
      command.interrupt();
    }
    expect(await command.end()).toBe(0);
    expect(command.output.trim().split('\n')).toHaveLength(1);
  });
});
