import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { boot, problemsOf, webEngage } from './boot.js';

const LOCK = JSON.stringify({ version: 1, events: { 'Added to Cart': { attributes: { Price: 'Number' } } } });

let folder: string;
const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-file-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const bootWith = (options: object) => boot([webEngage(options)]);

describe('wrong options', () => {
  it.each<[string, object, RegExp]>([
    ['onTypeConflict', { onTypeConflict: 'ignore' }, /"reject", "drop-attribute", "warn"/],
    ['onTypeConflict', { onTypeConflict: true }, /"reject", "drop-attribute", "warn"/],
    ['onTypeConflict', { onTypeConflict: null }, /"reject", "drop-attribute", "warn"/],
    ['typeLock.maxEvents', { typeLock: { maxEvents: 0 } }, /whole number from 1 .* but is 0/],
    ['typeLock.maxEvents', { typeLock: { maxEvents: '5' } }, /but is a String/],
    ['typeLock.maxAttributes', { typeLock: { maxAttributes: 1.5 } }, /but is 1.5/],
    ['typeLock.maxAttributes', { typeLock: { maxAttributes: Infinity } }, /but is Infinity/],
    ['typeLock.lockFile', { typeLock: { lockFile: true } }, /path of a lock file, or false/],
    ['typeLock.lockFile', { typeLock: { lockFile: '' } }, /but is empty/],
    ['typeLock.lockFile', { typeLock: { lockFile: null } }, /path of a lock file, or false/],
    ['typeLock.lockFile', { typeLock: { lockFile: '/nowhere/lock.json' } }, /\/nowhere\/lock\.json.*ENOENT/],
    ['typeLock.lockFile', { typeLock: { lockFile: tmpdir() } }, /cannot be read: EISDIR/],
    ['typeLock.store', { typeLock: { store: {} } }, /function/],
    [
      'typeLock.maxEvent',
      { typeLock: { maxEvent: 5 } },
      /is no option: there are maxEvents, maxAttributes, lockFile, store/,
    ],
  ])('%s of %p', async (option, options, message) => {
    const { error } = await bootWith(options);
    expect(error).toMatchObject({
      name: 'ConfigurationError',
      problems: [{ option, message: expect.stringMatching(message) }],
    });
  });

  it.each([5, 'lock', null])('typeLock that is %p', async (typeLock) => {
    const { WebEngageModule } = await import('nestjs-webengage');
    const wrong = WebEngageModule.forRoot({ enabled: false, typeLock } as never);
    expect(problemsOf(await boot([wrong]))).toEqual([expect.stringMatching(/^typeLock: must be an object/)]);
  });

  it('are told of all at once', async () => {
    const typeLock = { maxEvents: 0, maxAttributes: 0, lockFile: '/nowhere', store: 5 };
    expect(problemsOf(await bootWith({ onTypeConflict: 'x', typeLock, timeout: 0 }))).toHaveLength(6);
  });
});

describe('a lock file', () => {
  it.each<[string, string, RegExp]>([
    ['is no JSON', '{"version": 1,', /JSON/],
    ['is empty', '', /JSON/],
    ['is of another version', '{"version":2,"events":{}}', /version 2/],
    [
      'has an unknown type',
      '{"version":1,"events":{"E":{"attributes":{"A":"number"}}}}',
      /events\["E"\]\.attributes\["A"\]/,
    ],
    ['has an unknown field', '{"version":1,"events":{"E":{"types":{}}}}', /no such field/],
  ])('that %s does not let the application boot', async (name, content, message) => {
    const lockFile = file(`${name}.json`, content);
    expect(problemsOf(await bootWith({ typeLock: { lockFile } }))).toEqual([expect.stringMatching(message)]);
  });

  it('of any name that is right does', async () => {
    expect((await bootWith({ typeLock: { lockFile: file('types.json', LOCK) } })).error).toBeUndefined();
  });
});

describe('webengage.lock.json in the working directory', () => {
  const run = async (cwd: string, option: string) => {
    const compiled = execFileSync(process.execPath, [join(import.meta.dirname, '../../support/compile-library.mjs')], {
      encoding: 'utf8',
    });
    const script = join(import.meta.dirname, 'idle-application.mjs');
    return promisify(execFile)(process.execPath, [script, compiled, option], { cwd, timeout: 60_000 });
  };

  it('is found by itself, unless the option is false; nothing of the lock keeps the process alive', async () => {
    file('webengage.lock.json', LOCK);
    const [found, switchedOff] = await Promise.all([run(folder, 'undefined'), run(folder, 'false')]);
    expect(found).toEqual({ stdout: 'typeConflict: webengage.lock.json makes it a Number\n', stderr: '' });
    expect(switchedOff).toEqual({ stdout: 'no conflict\n', stderr: '' });
  }, 120_000);
});
