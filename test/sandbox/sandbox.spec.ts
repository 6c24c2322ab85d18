import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebEngageSandbox, type SandboxOptions } from 'nestjs-webengage/sandbox';
import { connect } from 'node:net';

const EVENT = { userId: 'johndoe', eventName: 'Added to Cart', eventData: { Price: 39.8 } };
const FOUR_HOURS = 4 * 60 * 60 * 1000;
const QUEUED = { response: { status: 'queued' } };

describe('the sandbox', () => {
  let sandbox: WebEngageSandbox;
  let time: number;

  const start = async (options: SandboxOptions = {}) => {
    await sandbox?.close();
    sandbox = await WebEngageSandbox.start({ apiKey: 'key', licenseCode: '~abc', now: () => time, ...options });
  };

  beforeEach(async () => {
    time = Date.parse('2026-01-01T00:00:00Z');
    await start();
  });

  afterEach(() => sandbox.close());

  async function post(body: unknown, { path = 'events', ...headers }: Record<string, string> = {}) {
    const response = await fetch(`${sandbox.url}/v1/accounts/~abc/${path}`, {
      method: 'POST',
      headers: { Authorization: 'Bearer key', 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, body: await response.json(), headers: response.headers };
  }

  const said = (message: string) => ({ response: { message, status: 'error' } });

  it('listens on loopback and answers an event with 201 queued', async () => {
    expect(sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await post(EVENT, { 'x-request-id': 'abc' })).toMatchObject({ status: 201, body: QUEUED });
    expect(sandbox.events()).toEqual([
      {
        ...EVENT,
        id: 1,
        anonymousId: undefined,
        eventTime: undefined,
        requestId: 'abc',
        receivedAt: time,
        licenseCode: '~abc',
        bulk: false,
        kept: EVENT.eventData,
        dropped: [],
      },
    ]);
  });

  it.each([
    ['no key', { Authorization: '' }, 401],
    ['a wrong key', { Authorization: 'Bearer other' }, 401],
    ['another scheme', { Authorization: 'Basic key' }, 401],
  ])('answers %s with 401', async (_what, headers, status) => {
    expect(await post(EVENT, headers)).toMatchObject({ status, body: said('Unauthorized') });
    expect(sandbox.events()).toEqual([]);
  });

  it.each([
    ['POST', '/v1/accounts/~other/events'],
    ['POST', '/v1/accounts/~abc/event'],
    ['POST', '/v1/accounts/~abc/events/'],
    ['POST', '/'],
    ['GET', '/v1/accounts/~abc/events'],
    ['PUT', '/v1/accounts/~abc/events'],
  ])('answers %s %s with 404', async (method, path) => {
    const response = await fetch(sandbox.url + path, { method, headers: { Authorization: 'Bearer key' } });
    expect(response.status).toBe(404);
  });

  it('lets every key and account in when none is set', async () => {
    await start({ apiKey: undefined, licenseCode: undefined });
    expect(await post(EVENT, { Authorization: 'Bearer anything' })).toMatchObject({ status: 201 });
    expect(await post(EVENT, { Authorization: '' })).toMatchObject({ status: 401 });
  });

  it.each([
    ['neither user', { eventName: 'Viewed' }, 'Error: userId and anonymousId cannot be empty.'],
    ['empty users', { ...EVENT, userId: '', anonymousId: '' }, 'Error: userId and anonymousId cannot be empty.'],
    ['no event name', { userId: 'johndoe' }, 'Error: eventName cannot be empty.'],
    ['a number as user', { ...EVENT, userId: 1, anonymousId: 'a' }, 'Error: userId must be a String.'],
    ['attributes that are no object', { ...EVENT, eventData: [1] }, 'Error: eventData must be a JSON object.'],
    ['an array', [EVENT], 'Error: the body must be a JSON object.'],
    ['null', 'null', 'Error: the body must be a JSON object.'],
    ['broken JSON', '{"userId":', 'Error: the body must be valid JSON.'],
    ['nothing', '', 'Error: the body must be valid JSON.'],
    ['JSON that is nested without end', '['.repeat(1_000_000), 'Error: the body must be valid JSON.'],
  ])('answers %s with 400', async (_what, body, message) => {
    expect(await post(body)).toMatchObject({ status: 400, body: said(message) });
    expect(sandbox.events()).toEqual([]);
  });

  it('recognises a re-attempt by its request id for four hours', async () => {
    for (let attempt = 0; attempt < 3; attempt++) {
      expect(await post(EVENT, { 'x-request-id': 'a' })).toMatchObject({ status: 201, body: QUEUED });
    }
    time += FOUR_HOURS - 1;
    await post(EVENT, { 'x-request-id': 'a' });
    expect(sandbox.events()).toHaveLength(1);
    time += 1;
    await post(EVENT, { 'x-request-id': 'a' });
    expect(sandbox.events()).toHaveLength(2);
    await post(EVENT);
    await post(EVENT);
    expect(sandbox.events()).toHaveLength(4);
  });

  it('does not remember the request id of a call that was refused', async () => {
    await post({ eventName: 'Viewed' }, { 'x-request-id': 'a' });
    await post(EVENT, { 'x-request-id': 'a' });
    expect(sandbox.events()).toHaveLength(1);
  });

  it('counts the quota by the minute, single and bulk calls apart', async () => {
    await start({ quota: { single: 2, bulk: 1 } });
    const first = await post(EVENT);
    expect([first.headers.get('x-ratelimit-limit'), first.headers.get('x-ratelimit-remaining')]).toEqual(['2', '1']);
    const second = await post(EVENT);
    expect(second.headers.get('x-ratelimit-remaining')).toBe('0');
    const third = await post(EVENT);
    expect(third).toMatchObject({ status: 429, body: said('Too many requests') });
    expect(third.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(await post({ events: [EVENT] }, { path: 'bulk-events' })).toMatchObject({ status: 201 });
    expect(await post({ events: [EVENT] }, { path: 'bulk-events' })).toMatchObject({ status: 429 });
    time += 60_000;
    expect(await post(EVENT)).toMatchObject({ status: 201 });
    expect(sandbox.events()).toHaveLength(4);
  });

  it('takes up to 25 events in bulk, all or none', async () => {
    const bulk = (events: unknown[]) => post({ events }, { path: 'bulk-events', 'x-request-id': 'a' });
    expect(await bulk([])).toMatchObject({ status: 400 });
    expect(await bulk(Array.from({ length: 26 }, () => EVENT))).toMatchObject({ status: 400 });
    expect(await bulk([EVENT, { eventName: 'Viewed' }])).toMatchObject({ status: 400 });
    expect(sandbox.events()).toEqual([]);
    expect(await bulk(Array.from({ length: 25 }, () => EVENT))).toMatchObject({ status: 201, body: QUEUED });
    expect(await bulk([EVENT])).toMatchObject({ status: 201, body: QUEUED });
    expect(sandbox.events()).toHaveLength(25);
    expect(sandbox.events()[0]).toMatchObject({ bulk: true, requestId: 'a' });
  });

  it.each([
    ['a name of 50 characters', { eventName: 'x'.repeat(50) }, 'eventName', 'length'],
    ['a reserved name', { eventName: 'we_x' }, 'eventName', 'reservedPrefix'],
    ['a system event', { eventName: 'email_open' }, 'eventName', 'systemEvent'],
    ['a user of 101 characters', { userId: 'x'.repeat(101) }, 'userId', 'length'],
    ['an ISO time', { eventTime: '2018-09-15T18:29:00Z' }, 'eventTime', 'dateFormat'],
    ['a time that is no String', { eventTime: 1 }, 'eventTime', 'dateFormat'],
  ])('says that WebEngage would drop an event with %s', async (_what, change, path, rule) => {
    expect(await post({ ...EVENT, ...change })).toMatchObject({ status: 201, body: QUEUED });
    expect(sandbox.events()).toMatchObject([{ kept: {}, dropped: [{ path, rule }] }]);
  });

  it('says which attributes WebEngage would drop, and why', async () => {
    await post({ ...EVENT, eventData: { Good: 1, we_x: 1, Null: null, ['x'.repeat(50)]: 1, Long: 'x'.repeat(1000) } });
    const [event] = sandbox.events();
    expect(event?.kept).toEqual({ Good: 1 });
    expect(event?.dropped.map(({ path, rule }) => [path, rule])).toEqual([
      ['eventData["we_x"]', 'reservedPrefix'],
      ['eventData["Null"]', 'dataType'],
      [`eventData["${'x'.repeat(50)}"]`, 'length'],
      ['eventData["Long"]', 'length'],
    ]);
  });

  it('locks the type of an attribute with its first data point, for each event', async () => {
    await post({ ...EVENT, eventData: { Price: 1 } });
    await post({ ...EVENT, eventData: { Price: '1', Currency: 'USD' } });
    await post({ ...EVENT, eventName: 'Viewed', eventData: { Price: '1' } });
    const [, second, third] = sandbox.events();
    expect(second).toMatchObject({ kept: { Currency: 'USD' }, dropped: [{ rule: 'typeConflict' }] });
    expect(second?.dropped[0]?.message).toBe(
      'eventData["Price"] is a String, but the first data point made this attribute a Number',
    );
    expect(third).toMatchObject({ kept: { Price: '1' }, dropped: [] });
  });

  it('drops the 26th attribute of a type, counted over all instances of the event', async () => {
    for (let index = 0; index < 26; index++) await post({ ...EVENT, eventData: { [`Number ${index}`]: index } });
    await post({ ...EVENT, eventData: { Text: 'x', 'Number 0': 7 } });
    const events = sandbox.events();
    expect(events[24]?.dropped).toEqual([]);
    expect(events[25]).toMatchObject({ kept: {}, dropped: [{ rule: 'attributesPerType' }] });
    expect(events[26]).toMatchObject({ kept: { Text: 'x', 'Number 0': 7 }, dropped: [] });
  });

  it('takes attributes with the names of built-in properties', async () => {
    await post(`{"userId":"a","eventName":"Viewed","eventData":{"__proto__":1,"constructor":2,"toString":3}}`);
    const [event] = sandbox.events();
    expect(Object.entries(event?.kept ?? {})).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
      ['toString', 3],
    ]);
  });

  it('forgets the oldest events first', async () => {
    await start({ maxEvents: 3 });
    for (let index = 0; index < 8; index++) await post({ ...EVENT, userId: `${index}` });
    expect(sandbox.events().map(({ userId }) => userId)).toEqual(['5', '6', '7']);
  });

  it('remembers nothing if it is told so', async () => {
    await start({ maxEvents: 0 });
    await post(EVENT);
    expect(sandbox.events()).toEqual([]);
  });

  it('refuses a body without end', async () => {
    const response = post('x'.repeat(33 * 1_048_576)).then(
      ({ status }) => status,
      () => 'closed',
    );
    expect([413, 'closed']).toContain(await response);
  });

  it('survives clients that leave, and closes while one waits', async () => {
    const { port } = new URL(sandbox.url);
    const socket = connect(Number(port), '127.0.0.1');
    await new Promise<void>((resolve) =>
      socket.write(
        'POST /v1/accounts/~abc/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer key\r\nContent-Length: 100\r\n\r\n{',
        () => resolve(),
      ),
    );
    socket.destroy();
    expect(await post(EVENT)).toMatchObject({ status: 201 });
    const waiting = connect(Number(port), '127.0.0.1').on('error', () => undefined);
    await new Promise((resolve) => waiting.once('connect', resolve));
    await sandbox.close();
    await sandbox.close();
    waiting.destroy();
  });

  it('rejects when its port is taken', async () => {
    const { port } = new URL(sandbox.url);
    await expect(WebEngageSandbox.start({ port: Number(port) })).rejects.toThrow(/EADDRINUSE/);
  });
});
