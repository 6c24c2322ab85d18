import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandProcess } from '../../support/command-process.js';
import { callCases } from './calls.cases.js';
import { eventCases } from './events.cases.js';
import { LOCK_FILE } from '../support/declared-events.js';
import { lockedCases, memoryCases, type Step } from './memory.cases.js';
import { EVENT, MINUTE, QUEUED, Wire } from './wire.js';

const SECOND = 1_000;
const error = (message: unknown) => ({ response: { message, status: 'error' } });

/** Runs the command itself; the wire is plain fetch. */
function useSandbox(...options: string[]): { wire: Wire } {
  const context = {} as { wire: Wire };
  let command: CommandProcess;
  beforeAll(async () => {
    const started = await CommandProcess.startSandbox(...options);
    command = started.command;
    context.wire = new Wire(started.url);
  }, 60_000);
  afterAll(() => command.signal('SIGTERM'));
  return context;
}

it('holds enough cases', () => {
  expect(callCases.length + eventCases.length + memoryCases.length).toBeGreaterThanOrEqual(60);
});

describe('a call', () => {
  const context = useSandbox('--api-key', 'right-key', '--license-code', '~abc');

  it.each(callCases)('%s', async (_name, sent, status, message = expect.any(String) as unknown) => {
    await context.wire.reset();
    const answer = await context.wire.send(sent);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(answer.body).toEqual(status === 201 ? QUEUED : error(message));
    const verdicts = (await context.wire.listed()).map(({ verdict }) => verdict);
    expect(verdicts.includes('kept')).toBe(status === 201);
  });
});

describe('an event that is answered with queued', () => {
  const context = useSandbox();

  it.each(eventCases)('%s', async (_name, change, ...drops) => {
    const { wire } = context;
    await wire.reset();
    expect(await wire.send({ body: { ...EVENT, ...change } })).toMatchObject({ status: 201, body: QUEUED });
    const isAttribute = drops[0]?.startsWith('eventData');
    const verdict = drops.length === 0 ? 'kept' : isAttribute ? 'attributes dropped' : 'event dropped';
    expect(await wire.fate()).toEqual({ verdict, drops });
  });

  it('is judged alike in bulk', async () => {
    const { wire } = context;
    for (let from = 0; from < eventCases.length; from += 25) {
      await wire.reset();
      const cases = eventCases.slice(from, from + 25);
      // Names of their own: one event may have so many attributes of a type.
      const events = cases.map(([, change], index) => ({ ...EVENT, eventName: `Event ${index}`, ...change }));
      expect(await wire.sendBulk(events)).toMatchObject({ status: 201, body: QUEUED });
      const rules = (await wire.listed()).map(({ findings }) => findings.map(({ path, rule }) => `${path}: ${rule}`));
      expect(rules).toEqual(cases.map(([, , ...drops]) => drops));
    }
  });

  it('has the types that WebEngage sees', async () => {
    await context.wire.reset();
    const eventData = { S: '2018-09-15', N: 1, B: false, D: '2018-09-15T18:29:00-0800', A: [], O: {}, Nothing: null };
    await context.wire.send({ body: { ...EVENT, eventData } });
    const [listed] = await context.wire.listed();
    const types = { S: 'String', N: 'Number', B: 'Boolean', D: 'Date', A: 'JSON Array', O: 'JSON Object' };
    expect(listed?.types).toEqual(types);
  });
});

describe('what is remembered', () => {
  const context = useSandbox();

  it.each(memoryCases)('%s', async (_name, ...story) => {
    await context.wire.reset();
    await context.wire.setClock('2026-01-01T00:00:00Z');
    for (const step of story) await take(context.wire, step);
  });
});

describe('what a lock file declares', () => {
  const context = useSandbox('--lock-file', LOCK_FILE);

  it.each(lockedCases)('%s', async (_name, ...story) => {
    await context.wire.reset();
    for (const step of story) await take(context.wire, step);
  });
});

async function take(wire: Wire, { account = '~abc', eventName, eventData, requestId, after, then = [] }: Step) {
  if (after !== undefined) await wire.advance(after);
  const before = (await wire.listed()).length;
  const answer = await wire.send({
    path: `/v1/accounts/${account}/events`,
    headers: requestId === undefined ? undefined : { 'x-request-id': requestId },
    body: { ...EVENT, ...(eventName === undefined ? undefined : { eventName }), eventData },
  });
  expect(answer).toMatchObject({ status: 201, body: QUEUED });
  expect((await wire.listed()).length - before).toBe(then === 'recognised' ? 0 : 1);
  if (then !== 'recognised') expect((await wire.fate()).drops).toEqual(then);
}

describe('the quota', () => {
  const context = useSandbox('--quota', '3,2');
  const usual = useSandbox();

  async function statuses(count: number, send: () => Promise<{ status: number }>) {
    const found: number[] = [];
    for (let index = 0; index < count; index++) found.push((await send()).status);
    return found;
  }

  it('is 5000 single and 500 bulk calls a minute', async () => {
    const single = await usual.wire.send({});
    const bulk = await usual.wire.sendBulk([EVENT]);
    const headersOf = ({ headers }: { headers: Headers }) => [
      headers.get('x-ratelimit-limit'),
      headers.get('x-ratelimit-remaining'),
    ];
    expect([headersOf(single), headersOf(bulk)]).toEqual([
      ['5000', '4999'],
      ['500', '499'],
    ]);
  });

  it('begins anew with each minute, and is apart for single and bulk calls and for accounts', async () => {
    const { wire } = context;
    await wire.setClock('2026-01-01T00:00:00Z');
    expect(await statuses(4, () => wire.send({}))).toEqual([201, 201, 201, 429]);
    expect(await statuses(3, () => wire.sendBulk([EVENT]))).toEqual([201, 201, 429]);
    expect(await statuses(1, () => wire.send({ path: '/v1/accounts/~second/events' }))).toEqual([201]);
    await wire.advance(MINUTE - 1);
    const refused = await wire.send({});
    expect(refused).toMatchObject({ status: 429, body: error(expect.any(String)) });
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
    await wire.advance(1);
    expect(await statuses(4, () => wire.send({}))).toEqual([201, 201, 201, 429]);
    expect(await statuses(3, () => wire.sendBulk([EVENT]))).toEqual([201, 201, 429]);
    await wire.setClock('2026-01-01T00:01:59Z');
    expect(await statuses(1, () => wire.send({}))).toEqual([429]);
    await wire.advance(SECOND);
    expect(await statuses(1, () => wire.send({}))).toEqual([201]);
  });

  it('is used up by calls that are answered with 400, and by re-attempts', async () => {
    const { wire } = context;
    await wire.reset();
    await wire.setClock('2026-01-01T00:00:00Z');
    const again = { headers: { 'x-request-id': 'a' } };
    expect(await statuses(2, () => wire.send(again))).toEqual([201, 201]);
    expect(await statuses(2, () => wire.send({ body: {} }))).toEqual([400, 429]);
  });

  it('is not used up by calls without the right key or URL', async () => {
    const { wire } = context;
    await wire.reset();
    await statuses(5, () => wire.send({ headers: { Authorization: 'none' } }));
    await statuses(5, () => wire.send({ path: '/v1/accounts/~abc/event' }));
    expect((await wire.send({})).headers.get('x-ratelimit-remaining')).toBe('2');
  });
});
