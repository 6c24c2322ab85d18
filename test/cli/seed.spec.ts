import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandProcess } from '../support/command-process.js';

const EVENT = JSON.stringify({ userId: 'johndoe', eventName: 'Added to Cart', eventData: { Price: 1 } });
const MINE = ['--license-code', '~abc'];

describe('--seed', () => {
  let folder: string;
  let command: CommandProcess | undefined;

  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'seed-'))));
  afterEach(() => command?.signal('SIGKILL'));
  afterAll(() => rmSync(folder, { recursive: true }));

  function file(text: string): string {
    const path = join(folder, 'events.jsonl');
    writeFileSync(path, text);
    return path;
  }

  async function seeded(text: string, ...options: string[]): Promise<any[]> {
    const { command: started, url } = await CommandProcess.startSandbox('--seed', file(text), ...options);
    command = started;
    const response = await fetch(`${url}/api/events`);
    return ((await response.json()) as { events: unknown[] }).events;
  }

  async function refused(path: string, ...options: string[]): Promise<string> {
    command = new CommandProcess(['sandbox', '--port', '0', '--seed', path, ...options]);
    expect((await command.exited).code).toBe(2);
    expect(command.stdout).toBe('');
    expect(command.stderr).not.toMatch(/^\s+at /m);
    return command.stderr;
  }

  it.each([
    ['one event', EVENT, 1],
    ['events with line breaks of Windows and empty lines', `\r\n${EVENT}\r\n\r\n${EVENT}\r\n`, 2],
    ['a byte order mark', `\uFEFF${EVENT}\n`, 1],
    ['nothing', '', 0],
  ])('takes in %s', async (_what, text, count) => {
    expect(await seeded(text, ...MINE)).toHaveLength(count);
  });

  it('takes in what another sandbox has exported, but for what was refused there', async () => {
    const { command: first, url } = await CommandProcess.startSandbox();
    for (const body of [EVENT, '{', EVENT.replace('johndoe', 'mary')]) {
      const headers = { Authorization: 'Bearer key' };
      await fetch(`${url}/v1/accounts/~two/events`, { method: 'POST', headers, body });
    }
    const exported = await (await fetch(`${url}/api/events.jsonl`)).text();
    await first.signal('SIGTERM');
    expect(exported.trim().split('\n')).toHaveLength(3);
    expect((await seeded(exported)).map(({ userId, licenseCode }) => [userId, licenseCode])).toEqual([
      ['johndoe', '~two'],
      ['mary', '~two'],
    ]);
  });

  it('says that there is no such file', async () => {
    const path = join(folder, 'none.jsonl');
    expect(await refused(path)).toBe(`${path} cannot be read: ENOENT\n`);
    expect(await refused(folder)).toBe(`${folder} cannot be read: EISDIR\n`);
  });

  it('says which line is no JSON', async () => {
    const path = file(`${EVENT}\n\n{"userId":\n`);
    expect(await refused(path, ...MINE)).toBe(`${path}:3 is no JSON: the file must hold one event a line\n`);
  });

  it('says which events cannot be taken in', async () => {
    const path = file(`${EVENT}\n\n{"eventName":"Viewed"}\nnull\n7\n`);
    expect(await refused(path, ...MINE)).toBe(
      `${path}:3: userId and anonymousId cannot be empty.\n` +
        `${path}:4: must be an object, but is null\n` +
        `${path}:5: must be an object, but is a Number\n`,
    );
  });

  it('says that an event needs an account', async () => {
    expect(await refused(file(EVENT))).toContain('needs a licenseCode');
  });
});
