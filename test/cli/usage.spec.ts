import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { CommandProcess } from '../support/command-process.js';

const FLAGS = ['--port', '--host', '--api-key', '--license-code', '--quota', '--max-events', '--seed', '--help'];

async function run(...commandLine: string[]) {
  const command = new CommandProcess(commandLine);
  const { code } = await command.exited;
  return { code, stdout: command.stdout, stderr: command.stderr };
}

describe('the command', () => {
  it('describes itself', async () => {
    const { code, stdout, stderr } = await run('--help');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('sandbox');
  });

  it('describes the sandbox with every flag and examples', async () => {
    const { code, stdout, stderr } = await run('sandbox', '--help');
    expect([code, stderr]).toEqual([0, '']);
    for (const flag of FLAGS) expect(stdout).toContain(flag);
    expect(stdout).toContain('4010');
    expect(stdout).toContain('WEBENGAGE_HOST');
    expect(stdout).toContain('$ npx nestjs-webengage sandbox --port 0');
  });

  it('says its version', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(await run('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it.each([
    ['an unknown flag', ['sandbox', '--prot', '1'], /unknown option '--prot'[^]*--port/],
    ['an unknown command', ['sandbx'], /unknown command 'sandbx'[^]*sandbox/],
    ['no command', [], /Usage: nestjs-webengage/],
    ['a word too many', ['sandbox', 'now'], /too many arguments/],
    ['a flag without its value', ['sandbox', '--port'], /argument missing/],
    ['a port that is none', ['sandbox', '--port', '65536'], /--port.*whole number from 0 to 65535/],
    ['a port in letters', ['sandbox', '--port', 'http'], /--port.*whole number/],
    ['a negative port', ['sandbox', '--port=-1'], /--port.*whole number/],
    ['a quota that is none', ['sandbox', '--quota', 'many'], /--quota.*like 5000 or 5000,500/],
    ['three quotas', ['sandbox', '--quota', '1,2,3'], /--quota.*like 5000 or 5000,500/],
    ['no events at all', ['sandbox', '--max-events', '0'], /--max-events.*whole number from 1/],
    ['an empty key', ['sandbox', '--api-key', ''], /apiKey.*empty/],
    ['an address that is not this machine’s', ['sandbox', '--host', '192.0.2.1', '--port', '0'], /--host/],
  ])('ends with 2 and a hint after %s', async (_what, commandLine, hint) => {
    const { code, stdout, stderr } = await run(...commandLine);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(hint);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('does not repeat a key that is given to the wrong flag', async () => {
    const { code, stderr } = await run('sandbox', '--api-key', 'canary-key', '--max-events', 'x');
    expect(code).toBe(2);
    expect(stderr).not.toContain('canary');
  });

  it('ends with 1 and a hint when its port is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { code, stdout, stderr } = await run('sandbox', '--port', `${port}`);
    server.close();
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^Port \d+ is taken\. .*--port 0\n$/);
  });
});
