import { afterEach, describe, expect, it } from '@jest/globals';
import { networkInterfaces } from 'node:os';
import { connect } from 'node:net';
import { inspect } from 'node:util';
import { CommandProcess } from '../support/command-process.js';
import { EVENT, useSandbox } from '../support/sandbox-context.js';
import { StreamReader } from '../support/stream-reader.js';

const RIGHT = 'canary-right-0b5a1e';
const WRONG = 'canary-wrong-7c2d9f';
const ROUTES = [
  'state',
  'events',
  'events/1',
  'events.jsonl',
  'events/next',
  'types',
  'faults',
  'clock',
  'openapi.json',
];

/** Calls with right and wrong keys, in every way in which a call can end. */
async function callInEveryWay(url: string): Promise<string> {
  let answers = '';
  const send = async (
    key: string,
    path = '/v1/accounts/~abc/events',
    body = JSON.stringify(EVENT),
    method = 'POST',
  ) => {
    const headers = { Authorization: key, 'x-request-id': 'a' };
    const response = await fetch(url + path, { method, headers, body }).catch(() => undefined);
    answers += response ? JSON.stringify([...response.headers]) + (await response.text()) : '';
  };
  for (const key of [`Bearer ${RIGHT}`, `Bearer ${WRONG}`, `Basic ${WRONG}`, WRONG, `Bearer ${WRONG} ${RIGHT}`]) {
    await send(key);
    await send(key, '/v1/accounts/~other/events');
    await send(key, '/v1/accounts/~abc/events', '{');
    await send(key, '/v1/accounts/~abc/bulk-events', '{"events":[]}');
    await send(key, '/api/state/', undefined, 'DELETE');
  }
  for (const fault of [{ status: 503 }, { reset: 'before ingestion' }, { reset: 'after ingestion' }]) {
    await fetch(`${url}/api/faults`, { method: 'POST', body: JSON.stringify({ ...fault, calls: 1 }) });
    await send(`Bearer ${RIGHT}`);
  }
  await fetch(`${url}/api/faults`, { method: 'POST', body: '{"hang":true,"calls":1}' });
  const headers = { Authorization: `Bearer ${RIGHT}` };
  await fetch(`${url}/v1/accounts/~abc/events`, { method: 'POST', headers, signal: AbortSignal.timeout(50) }).catch(
    String,
  );
  return answers;
}

async function allThatIsShown(url: string): Promise<string> {
  let shown = '';
  for (const route of ROUTES) shown += await (await fetch(`${url}/api/${route}`)).text();
  shown += await (await fetch(url)).text();
  const stream = await StreamReader.open(`${url}/api/stream`);
  await stream.until(() => stream.previews.length > 0);
  stream.leave();
  return shown + JSON.stringify(stream.messages);
}

describe('the API key', () => {
  const context = useSandbox({ apiKey: RIGHT, licenseCode: '~abc' });
  let command: CommandProcess | undefined;

  afterEach(() => command?.signal('SIGKILL'));

  it('is in nothing that the sandbox shows, holds or throws', async () => {
    const { sandbox } = context;
    const answers = await callInEveryWay(sandbox.url);
    expect(sandbox.events()).toHaveLength(1);
    const error = await sandbox.waitFor({ eventName: 'None' }, { timeout: 0 }).catch((thrown: unknown) => thrown);
    const inspected = [sandbox, sandbox.arrivals(), sandbox.snapshot(), sandbox.types(), error];
    const held = inspected.map((value) => inspect(value, { depth: 20, showHidden: true, maxArrayLength: null }));
    const all = [answers, await allThatIsShown(sandbox.url), ...held, JSON.stringify(inspected.slice(1))].join('\n');
    expect(all).toContain('johndoe');
    expect(all).not.toContain('canary');
  });

  it('is in nothing that the command writes or shows', async () => {
    const started = await CommandProcess.startSandbox('--api-key', RIGHT, '--license-code', '~abc');
    command = started.command;
    const answers = await callInEveryWay(started.url);
    const shown = await allThatIsShown(started.url);
    await command.signal('SIGINT');
    expect(answers + shown + command.stdout + command.stderr).not.toContain('canary');
  });

  it('is compared as a whole', async () => {
    for (const key of [RIGHT.slice(0, -1), `${RIGHT}x`, RIGHT.toUpperCase(), '']) {
      expect(await context.call(EVENT, { headers: { Authorization: `Bearer ${key}` } })).toBe(401);
    }
    expect(await context.call(EVENT, { headers: { Authorization: `bearer ${RIGHT}` } })).toBe(201);
  });
});

describe('bodies', () => {
  const context = useSandbox();

  it('are refused beyond 32 MiB, and the sandbox goes on', async () => {
    const big = 'x'.repeat(33 * 1_048_576);
    expect([413, 'closed']).toContain(await context.call(big).catch(() => 'closed'));
    expect(await context.call()).toBe(201);
    expect(context.sandbox.snapshot().counts).toMatchObject({ calls: 2, refused: 1 });
  });

  it('of 25 events of a megabyte are taken', async () => {
    const event = { ...EVENT, eventData: { List: ['x'.repeat(1_000_000)] } };
    expect(await context.call(Array(25).fill(event), { bulk: true })).toBe(201);
  });

  it('are refused beyond 200 levels', async () => {
    const nested = (levels: number) =>
      `{"userId":"a","eventName":"b","eventData":${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}}`;
    expect(await context.call(nested(199))).toBe(201);
    expect(await context.call(nested(200))).toBe(400);
    expect(await context.call(nested(100_000))).toBe(400);
    expect((await context.ask('GET', '/api/events')).body.events).toHaveLength(3);
  });
});

describe('the address', () => {
  const context = useSandbox();

  it('is this machine’s alone', async () => {
    expect(context.sandbox.isOnLoopback).toBe(true);
    const others = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    const port = Number(new URL(context.sandbox.url).port);
    for (const { address, internal, family } of others) {
      if (!internal && family === 'IPv4') expect(await connects(address, port)).toBe(false);
    }
  });

  it('may be any other, which it says', async () => {
    await context.start({ host: '0.0.0.0' });
    expect(context.sandbox.isOnLoopback).toBe(false);
    expect(context.sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await context.call()).toBe(201);
    // A page is then asked for by names that the sandbox cannot know.
    expect((await fetch(context.sandbox.url, { headers: { Host: 'sandbox.test' } })).status).toBe(200);
  });
});

function connects(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 500 });
    const end = (connected: boolean) => {
      socket.destroy();
      resolve(connected);
    };
    socket
      .on('connect', () => end(true))
      .on('error', () => end(false))
      .on('timeout', () => end(false));
  });
}
