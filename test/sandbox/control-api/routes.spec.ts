import { describe, expect, it } from '@jest/globals';
import { EVENT, useSandbox } from '../../support/sandbox-context.js';

const START = Date.parse('2026-01-01T00:00:00Z');

describe('the API', () => {
  const context = useSandbox();
  const ask = (method: string, path: string, body?: unknown) => context.ask(method, path, body);

  it('shows the state', async () => {
    await context.call();
    const { status, body } = await ask('GET', '/api/state');
    expect(status).toBe(200);
    expect(body).toEqual({ ...context.sandbox.snapshot() });
    expect(body).toMatchObject({ now: START, clockStopped: false, maxEvents: 10_000, faults: [] });
    expect(body.counts).toMatchObject({ calls: 1, ingested: 1, remembered: 1 });
  });

  it('shows the types', async () => {
    await context.call();
    await context.call({ ...EVENT, eventData: { Price: 'x' } });
    const locked = { type: 'Number', source: 'first data point', since: START };
    const attributes = [{ name: 'Price', ...locked, conflicts: { String: 1 } }];
    expect((await ask('GET', '/api/types')).body).toEqual({
      events: [
        {
          licenseCode: '~abc',
          eventName: 'Added to Cart',
          classNames: [],
          attributes,
          perType: { Number: 1 },
          refused: {},
        },
      ],
    });
  });

  it('clears the events, or everything', async () => {
    await context.call();
    expect(await ask('DELETE', '/api/events')).toMatchObject({ status: 204, body: undefined });
    expect(context.sandbox.arrivals()).toEqual([]);
    expect(context.sandbox.types()).toHaveLength(1);
    expect(await ask('DELETE', '/api/state')).toMatchObject({ status: 204, body: undefined });
    expect(context.sandbox.types()).toEqual([]);
  });

  it('adds, lists and removes faults', async () => {
    const added = await ask('POST', '/api/faults', { status: 503, calls: 7, latency: 1 });
    expect(added).toMatchObject({ status: 201, body: { id: 1, status: 503, calls: 7, callsLeft: 7, applied: 0 } });
    expect(added.body.description).toContain('503');
    expect(await context.call()).toBe(503);
    const { body } = await ask('GET', '/api/faults');
    expect(body.faults).toMatchObject([{ id: 1, callsLeft: 6, applied: 1 }]);
    expect(await ask('DELETE', '/api/faults/1')).toMatchObject({ status: 204 });
    expect(await ask('DELETE', '/api/faults/1')).toMatchObject({ status: 404 });
    await ask('POST', '/api/faults', { hang: true });
    expect(await ask('DELETE', '/api/faults')).toMatchObject({ status: 204 });
    expect(context.sandbox.faults.list()).toEqual([]);
  });

  it('sets, moves and frees the clock', async () => {
    expect((await ask('GET', '/api/clock')).body).toEqual({ now: START, stopped: false });
    expect((await ask('POST', '/api/clock/advance', { milliseconds: 500 })).body).toEqual({
      now: START + 500,
      stopped: false,
    });
    expect((await ask('PUT', '/api/clock', { now: '2020-01-01T00:00:00Z' })).body).toEqual({
      now: Date.parse('2020-01-01T00:00:00Z'),
      stopped: true,
    });
    expect((await ask('PUT', '/api/clock', { now: 7 })).body).toEqual({ now: 7, stopped: true });
    expect((await ask('POST', '/api/clock/advance', { milliseconds: -2 })).body).toEqual({ now: 5, stopped: true });
    expect((await ask('DELETE', '/api/clock')).status).toBeLessThan(300);
    expect((await ask('GET', '/api/clock')).body).toEqual({ now: START, stopped: false });
  });

  it.each([
    ['PUT', '/api/clock', {}, 'now'],
    ['PUT', '/api/clock', { now: null }, 'now'],
    ['PUT', '/api/clock', { now: true }, 'now'],
    ['PUT', '/api/clock', { now: 'soon' }, 'now'],
    ['PUT', '/api/clock', { now: 1e300 }, 'now'],
    ['POST', '/api/clock/advance', {}, 'milliseconds'],
    ['POST', '/api/clock/advance', { milliseconds: '1' }, 'milliseconds'],
    ['POST', '/api/clock/advance', { milliseconds: 1e308 }, 'milliseconds'],
  ])('refuses %s %s %j', async (method, path, body, field) => {
    const answer = await ask(method, path, body);
    expect(answer.status).toBe(400);
    expect(answer.body.problems).toMatchObject([{ path: field }]);
    expect((await ask('GET', '/api/clock')).body).toEqual({ now: START, stopped: false });
  });

  it.each(['', '{', '[]', 'null', '7', '"x"', '['.repeat(1_000)])('refuses the body %p', async (body) => {
    for (const [method, path] of [
      ['POST', '/api/faults'],
      ['PUT', '/api/clock'],
      ['POST', '/api/clock/advance'],
    ]) {
      expect(await ask(method ?? '', path ?? '', body)).toMatchObject({
        status: 400,
        body: { message: 'The body must be a JSON object' },
      });
    }
  });

  it('refuses a body of more than 64 KiB', async () => {
    const answer = await ask('POST', '/api/faults', `"${'x'.repeat(65_535)}"`);
    expect(answer).toMatchObject({ status: 413, body: { message: expect.stringContaining('65536') as unknown } });
  });

  it.each([
    ['POST', '/api/events'],
    ['PUT', '/api/events/1'],
    ['PUT', '/api/state'],
    ['POST', '/api/types'],
    ['POST', '/api/stream'],
    ['PUT', '/api/faults'],
    ['GET', '/api/faults/1'],
    ['POST', '/api/clock'],
    ['GET', '/api/clock/advance'],
    ['POST', '/api/events.jsonl'],
  ])('answers %s %s with 405, and says what is allowed', async (method, path) => {
    const { status, body, headers } = await ask(method, path);
    expect(status).toBe(405);
    expect(headers.get('allow')).toMatch(/^[A-Z, ]+$/);
    expect(body.message).toBe(`This resource takes ${headers.get('allow')} only`);
  });

  it.each([
    '/api/',
    '/api/nothing',
    '/api/events/1/2',
    '/api/events/',
    '/api/events/-1',
    '/api/events/1',
    '/api/events/x',
    '/api/events/:id',
    '/api/events/99999999999999999999',
    '/api/constructor',
    '/api/__proto__',
    '/api//state',
    '/api/state/',
    '/api/%73tate',
    '/nothing',
    '/assets/nothing.js',
    '/assets/..%2fpage-files.js',
  ])('answers GET %s with 404 in JSON', async (path) => {
    expect((await ask('GET', path)).status).toBe(404);
  });

  it('answers HEAD without a body, and does not keep it waiting', async () => {
    for (const path of ['/', '/api', '/api/state', '/api/events', '/api/events.jsonl', '/api/stream', '/api/nothing']) {
      const response = await fetch(context.sandbox.url + path, { method: 'HEAD' });
      expect([path, response.status]).toEqual([path, path === '/api/nothing' ? 404 : 200]);
      expect(await response.text()).toBe('');
    }
  });

  it('serves the pages and their files, and describes itself', async () => {
    for (const path of ['/', '/api', '/assets/page.js', '/assets/styles/page.css']) {
      const response = await fetch(context.sandbox.url + path);
      expect([path, response.status]).toEqual([path, 200]);
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    }
    expect((await ask('GET', '/api/openapi.json')).body.openapi).toMatch(/^3\.1/);
  });
});
