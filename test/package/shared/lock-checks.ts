import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import { EventsService, WebEngageModule } from 'nestjs-webengage';
import { WebEngageSandbox } from 'nestjs-webengage/sandbox';

// This file imports nothing from its own folder: ES modules and CommonJS spell such imports differently.

const COMPILED = 'dist/shared/wished.event.js';
const LOCK_FILE = 'webengage.lock.json';
const COMMAND = 'node_modules/.bin/nestjs-webengage';

/** Locks, checks and documents the event classes of this application, as it was built. */
export function checkCommands(environment: Record<string, string> = {}): void {
  // Another version of Node may have locked them before.
  rmSync(LOCK_FILE, { force: true });
  const locked = run(['npx', 'nestjs-webengage', 'lock', 'dist']);
  assert.deepEqual(locked, { code: 0, output: `${LOCK_FILE}: 1 event, 5 attributes (5 new)\n` });
  const equal = `The code and ${LOCK_FILE} are equal: 1 event, 5 attributes\n`;
  assert.deepEqual(run([COMMAND, 'check'], environment), { code: 0, output: equal });
  assertChangeIsFound(environment);
  assertPlanHasDocComments();
  console.log('ok: lock, check and docs');
}

/** An application that boots with the lock file, and declares nothing, sends not even the first wrong value. */
export async function checkBootWithLockFile(): Promise<void> {
  const errors: unknown[] = [];
  const sandbox = await WebEngageSandbox.start({ lockFile: LOCK_FILE });
  try {
    const options = { licenseCode: '~2024bb40', apiKey: 'key', host: sandbox.url };
    const app = await NestFactory.createApplicationContext(WebEngageModule.forRoot(options), {
      logger: { log: () => {}, warn: () => {}, error: (message: unknown) => void errors.push(message) },
    });
    const wish = { 'Product ID': 7, Price: '39.8' };
    await app.get(EventsService).track({ userId: 'johndoe', eventName: 'Wished', eventData: wish });
    const { kept, dropped } = await sandbox.waitFor({ eventName: 'Wished' }, { timeout: 10_000 });
    assert.deepEqual([{ ...kept }, [...dropped]], [{ 'Product ID': 7 }, []]);
    assert.equal(app.get(EventsService).stats().typeConflicts, 1);
    await app.close();
  } finally {
    await sandbox.close();
  }
  assert.equal(errors.length, 1);
  assert.match(String(errors[0]), /"Wished": .*"Price".* is a String, but webengage\.lock\.json makes it a Number/);
  console.log(`ok: the first wrong value: ${String(errors[0])}`);
}

/** As if another version had been built. */
function assertChangeIsFound(environment: Record<string, string>): void {
  const built = readFileSync(COMPILED, 'utf8');
  const changed = built.replace(/(EventAttribute\)?\('Price', )Number\b/, '$1String');
  assert.notEqual(changed, built);
  writeFileSync(COMPILED, changed);
  const { code, output } = run([COMMAND, 'check', 'dist'], environment);
  writeFileSync(COMPILED, built);
  const difference = `"Wished": "Price" is a String in the code (Wished.price), but a Number in ${LOCK_FILE}: `;
  assert.equal(output.slice(0, difference.length), difference, output);
  assert.equal(code, 1);
}

function assertPlanHasDocComments(): void {
  assert.ok(!readFileSync(COMPILED, 'utf8').includes('A customer wishes'), 'the build has kept the comments');
  const { code, output } = run([COMMAND, 'docs']);
  assert.equal(code, 0, output);
  for (const text of [
    '## Wished\n\nA customer wishes for a product.\n\nClass: Wished\n',
    "| Product ID | Number | required | The product's number in the shop. | 1337 |\n",
    '| Price | Number | required | The price of one piece. |  |\n',
    '| Occasion | String | optional | Why they wish for it |  |\n',
    '| Lists | JSON Array | required |  |  |\n',
  ]) {
    assert.ok(output.includes(text), output);
  }
}

function run(
  [command, ...words]: string[],
  environment: Record<string, string> = {},
): { code: number; output: string } {
  const env = { ...process.env, NO_COLOR: '1', npm_config_loglevel: 'error', ...environment };
  const { status, stdout, stderr } = spawnSync(command, words, { env, encoding: 'utf8', timeout: 60_000 });
  return { code: status ?? -1, output: stdout + stderr };
}
