import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LockedTypes, WebEngageSandbox } from 'nestjs-webengage/sandbox';
import { schemaRef } from '../../lib/sandbox/openapi/building-blocks.js';
import { operationOf, operations, responseOf } from './support/document.js';
import { EVENT, startFilledSandbox } from './support/filled-sandbox.js';
import { misfitsOrUnnamed } from './support/fits.js';

const answered = new Set<string>();

interface Asked {
  /** What the path's parameter is, and the query. */
  readonly id?: number | string;
  readonly query?: string;
  readonly body?: unknown;
  readonly key?: string;
}

describe('what a filled sandbox answers', () => {
  let sandbox: WebEngageSandbox;

  beforeAll(async () => {
    sandbox = await startFilledSandbox();
  });

  afterAll(() => sandbox.close());

  /** Asks and holds the answer against the document; returns its body. */
  async function ask(operationId: string, status: number, { id, query = '', body, key = 'key' }: Asked = {}) {
    const documented = operationOf(operationId);
    const path = documented.path.replace(/\{\w+\}/, String(id));
    const response = await fetch(`${sandbox.url}${path}${query}`, {
      method: documented.method.toUpperCase(),
      headers: { Authorization: `Bearer ${key}` },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    expect([operationId, response.status, text]).toEqual([operationId, status, expect.any(String)]);
    answered.add(operationId);
    const { content, headers = {} } = responseOf(documented, status);
    for (const [name, { schema }] of Object.entries(headers)) {
      const value = response.headers.get(name);
      if (value !== null) expect(misfitsOrUnnamed(schema, value)).toEqual([]);
    }
    const [type] = response.headers.get('content-type')?.split(';') ?? [];
    expect(type === undefined ? [] : [type]).toEqual(Object.keys(content ?? {}));
    if (type !== 'application/json') return text;
    const value: unknown = JSON.parse(text);
    expect(misfitsOrUnnamed(content?.[type].schema ?? {}, value)).toEqual([]);
    return value;
  }

  it('is of every kind', () => {
    const arrivals = sandbox.arrivals();
    const verdicts = new Set(arrivals.map(({ verdict }) => verdict));
    expect(verdicts).toEqual(new Set(['kept', 'attributes dropped', 'event dropped', 'refused', 'no answer']));
    const outcomes = new Set(arrivals.flatMap(({ attempts }) => attempts.map(({ outcome }) => outcome)));
    expect(outcomes).toEqual(new Set(['ingested', 'recognised', 'refused', 'no answer']));
  });

  it('fits where it lists events', async () => {
    const { events } = (await ask('listEvents', 200)) as { events: { id: number }[] };
    expect(events.length).toBe(sandbox.arrivals().length);
    await ask('listEvents', 200, {
      query: '?verdict=attributes%20dropped&verdict=kept&user=johndoe&limit=2&after=0&text=PRICE',
    });
    await ask('listEvents', 400, { query: '?verdict=lost' });
    for (const { id } of events) await ask('getEvent', 200, { id });
    await ask('getEvent', 404, { id: 10_000 });
    await ask('waitForEvent', 200, { query: '?event=Added%20to%20Cart' });
    await ask('waitForEvent', 404, { query: '?event=None&timeout=1' });
    await ask('waitForEvent', 400, { query: '?timeout=-1' });
  });

  it('fits where it exports events', async () => {
    const text = (await ask('exportEvents', 200)) as string;
    const lines = text.trim().split('\n');
    expect(lines.length).toBe(sandbox.arrivals().length);
    for (const line of lines) {
      expect(misfitsOrUnnamed(schemaRef('Event'), JSON.parse(line))).toEqual([]);
    }
  });

  it('fits where it streams events', async () => {
    const all = sandbox.arrivals().length;
    const told: unknown[] = [];
    const kinds = new Set<string>();
    for await (const { event, data } of messages(`${sandbox.url}/api/stream`, 'another-7')) {
      kinds.add(event);
      if (event === 'state') expect(misfitsOrUnnamed(schemaRef('State'), data)).toEqual([]);
      if (event === 'events') told.push(...(data as unknown[]));
      if (told.length >= all) break;
    }
    expect(kinds).toEqual(new Set(['cleared', 'state', 'events']));
    for (const event of told) expect(misfitsOrUnnamed(schemaRef('Event'), event)).toEqual([]);
    expect(told).toContainEqual(expect.objectContaining({ shortened: true }));
    answered.add('streamEvents');
  });

  it('fits where it shows its state, its types, and the document', async () => {
    expect(await ask('getState', 200)).toMatchObject({ clockStopped: false, faults: [{}, {}] });
    const { events } = (await ask('listTypes', 200)) as { events: LockedTypes[] };
    expect(events[0]).toMatchObject({
      classNames: ['AddedToCart'],
      refused: { Number: expect.any(Number) as unknown },
    });
    const sources = new Set(events.flatMap(({ attributes }) => attributes.map(({ source }) => source)));
    expect(sources).toEqual(new Set(['event class', 'lock file', 'first data point']));
    await ask('getOpenApiDocument', 200);
  });

  it('fits where it makes, lists and removes faults', async () => {
    const { id } = (await ask('addFault', 201, { body: { status: 429, retryAfter: '7', calls: 2 } })) as {
      id: number;
    };
    await ask('addFault', 400, { body: { status: 1, strange: true } });
    await ask('addFault', 413, { body: 'x'.repeat(70_000) });
    await ask('listFaults', 200);
    await ask('trackEvent', 429, { id: '~abc', body: EVENT });
    await ask('removeFault', 204, { id });
    await ask('removeFault', 404, { id });
    await ask('removeFaults', 204);
  });

  it('fits where it moves the clock', async () => {
    await ask('getClock', 200);
    expect(await ask('setClock', 200, { body: { now: '2030-01-01T00:00:00Z' } })).toMatchObject({ stopped: true });
    await ask('setClock', 400, { body: { now: 'once' } });
    await ask('advanceClock', 200, { body: { milliseconds: 0.5 } });
    await ask('advanceClock', 400, { body: {} });
    await ask('resetClock', 200);
  });

  it("fits where it stands for WebEngage's API", async () => {
    await ask('trackEvent', 201, { id: '~abc', body: EVENT });
    await ask('trackEvent', 400, { id: '~abc', body: {} });
    await ask('trackEvent', 401, { id: '~abc', body: EVENT, key: 'another' });
    await ask('trackEvent', 404, { id: '~other', body: EVENT });
    sandbox.clock.advance(60_000);
    for (const status of [201, 201, 201, 429]) {
      await ask('trackEvents', status, { id: '~abc', body: { events: [EVENT] } });
    }
  });

  it('fits where it forgets, at the end, and no operation was left out', async () => {
    await ask('clearEvents', 204);
    await ask('listEvents', 200);
    await ask('resetState', 204);
    await ask('getState', 200);
    expect([...answered].sort()).toEqual(operations.map(({ operation }) => operation.operationId).sort());
  });
});

/** The messages of a stream of server-sent events, until the caller has enough, for one that knew another process. */
async function* messages(url: string, lastSeen: string): AsyncGenerator<{ event: string; data: unknown }> {
  const response = await fetch(url, { headers: { 'Last-Event-ID': lastSeen } });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  let rest = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const parts = (rest + chunk).split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const [, event, data] = /^event: (\w+)\n(?:id: .*\n)?data: (.*)$/.exec(part) ?? [];
      if (event !== undefined && data !== undefined) yield { event, data: JSON.parse(data) as unknown };
    }
  }
}
