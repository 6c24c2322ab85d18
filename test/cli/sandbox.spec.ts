import { afterEach, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { CommandProcess } from '../support/command-process.js';
import { StreamReader } from '../support/stream-reader.js';

const BODY = JSON.stringify({ userId: 'johndoe', eventName: 'Added to Cart' });

describe('nestjs-webengage sandbox', () => {
  let command: CommandProcess;
  let url: string;

  async function start(...options: string[]) {
    ({ command, url } = await CommandProcess.startSandbox(...options));
  }

  function post(key = 'key', account = '~abc') {
    const headers = { Authorization: `Bearer ${key}` };
    return fetch(`${url}/v1/accounts/${account}/events`, { method: 'POST', headers, body: BODY });
  }

  /** A call that has come in and got no answer yet. */
  async function spoiltCall(fault: string) {
    await fetch(`${url}/api/faults`, { method: 'POST', body: fault });
    const ending = post().catch(() => 'closed');
    for (let left = 1; left > 0;) {
      const { faults } = (await (await fetch(`${url}/api/faults`)).json()) as { faults: unknown[] };
      left = faults.length;
    }
    return { ending };
  }

  afterEach(() => command.signal('SIGKILL'));

  it('says in one line what to put into WEBENGAGE_HOST', async () => {
    await start();
    expect(command.stdout).toMatch(/^[^\n]*WEBENGAGE_HOST=http:\/\/127\.0\.0\.1:\d+\n$/);
    expect(command.stderr).toBe('');
    expect((await post()).status).toBe(201);
    expect((await fetch(url)).status).toBe(200);
  });

  it('does as its flags say', async () => {
    await start('--api-key', 'right', '--license-code', '~mine', '--quota', '1,7', '--max-events', '5');
    expect((await post('wrong', '~mine')).status).toBe(401);
    expect((await post('right', '~other')).status).toBe(404);
    expect((await post('right', '~mine')).status).toBe(201);
    expect((await post('right', '~mine')).status).toBe(429);
    const state = (await (await fetch(`${url}/api/state`)).json()) as { maxEvents: number; quota: unknown[] };
    expect(state.maxEvents).toBe(5);
    expect(state.quota).toMatchObject([{ licenseCode: '~mine', single: { limit: 1 }, bulk: { limit: 7 } }]);
  });

  it.each(['package.json', 'none.lock.json'])('says in one line that %s is no lock file', async (file) => {
    command = new CommandProcess(['sandbox', '--port', '0', '--lock-file', file]);
    expect((await command.exited).code).toBe(2);
    expect(command.stdout).toBe('');
    expect(command.stderr).toMatch(new RegExp(`^${file} [^\\n]+\\n$`));
  });

  it('warns when others can reach it', async () => {
    await start('--host', '0.0.0.0');
    while (command.stderr === '') await new Promise((resolve) => setTimeout(resolve, 5));
    expect(command.stderr).toMatch(
      /^Warning: it listens at 0\.0\.0\.0\. Everybody who can reach this machine [^\n]*\n$/,
    );
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends with 0 on %s', async (signal) => {
    await start();
    await (await post()).text();
    expect(await command.signal(signal)).toEqual({ code: 0, signal: null });
    await expect(fetch(url)).rejects.toThrow();
    expect(command.stderr).toBe('');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends on %s while clients of every kind are there', async (signal) => {
    await start();
    const stream = await StreamReader.open(`${url}/api/stream`);
    const waiting = fetch(`${url}/api/events/next?timeout=60000`).catch(() => 'closed');
    const calls = [await spoiltCall('{"hang":true,"calls":1}'), await spoiltCall('{"latency":600000,"calls":1}')];
    const socket = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => undefined);
    const half = new Promise((resolve) => socket.once('close', resolve));
    socket.write('POST /v1/accounts/~abc/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
    expect(await command.signal(signal)).toEqual({ code: 0, signal: null });
    expect(await Promise.all([waiting, ...calls.map(({ ending }) => ending)])).toEqual(['closed', 'closed', 'closed']);
    await half;
    await stream.until(() => stream.isEnded);
    expect(command.stderr).toBe('');
  });
});
