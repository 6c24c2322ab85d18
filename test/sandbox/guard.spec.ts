import { describe, expect, it } from '@jest/globals';
import { type OutgoingHttpHeaders, request } from 'node:http';
import { EVENT, useSandbox } from '../support/sandbox-context.js';

const READS = ['/', '/assets/page.js', '/api', '/api/state', '/api/events', '/api/stream', '/api/events.jsonl'];

describe('a page of another site', () => {
  const context = useSandbox();

  async function statusOf(method: string, path: string, headers: OutgoingHttpHeaders, body = ''): Promise<number> {
    const { port } = new URL(context.sandbox.url);
    return new Promise((resolve, reject) => {
      const sent = request({ port, host: '127.0.0.1', method, path, headers, agent: false }, (response) => {
        resolve(response.statusCode ?? 0);
        response.destroy();
      });
      sent.on('error', reject).end(body);
    });
  }

  it.each([
    ['by a name that leads to this machine', { Host: 'evil.example' }],
    ['by such a name with the port', { Host: 'evil.example:4010' }],
    ['by a name like this machine’s', { Host: 'localhost.evil.example' }],
    ['by a user’s name', { Host: '127.0.0.1@evil.example' }],
    ['from another origin', { Origin: 'http://evil.example' }],
    ['from another port', { Origin: 'http://127.0.0.1:1' }],
    ['from a sandboxed frame', { Origin: 'null' }],
    ['from another site without an origin', { 'Sec-Fetch-Site': 'cross-site' }],
  ])('reads nothing %s', async (_how, headers) => {
    for (const path of READS) expect([path, await statusOf('GET', path, headers)]).toEqual([path, 403]);
  });

  it('changes nothing', async () => {
    await context.call();
    for (const headers of [
      { Origin: 'http://evil.example' },
      { Host: 'evil.example' },
      { 'Sec-Fetch-Site': 'cross-site' },
    ]) {
      expect(await statusOf('DELETE', '/api/state', headers)).toBe(403);
      expect(await statusOf('DELETE', '/api/events', headers)).toBe(403);
      expect(await statusOf('POST', '/api/faults', headers, '{"hang":true}')).toBe(403);
      expect(await statusOf('PUT', '/api/clock', headers, '{"now":0}')).toBe(403);
    }
    expect(context.sandbox.arrivals()).toHaveLength(1);
    expect(context.sandbox.snapshot()).toMatchObject({ faults: [], clockStopped: false });
  });

  it('is told so in JSON, and nothing allows it to read that', async () => {
    const response = await fetch(`${context.sandbox.url}/api/state`, { headers: { Origin: 'http://evil.example' } });
    expect([response.status, await response.json()]).toEqual([403, { message: expect.any(String) as unknown }]);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('is none of the sandbox’s own, by each of its names', async () => {
    const { port } = new URL(context.sandbox.url);
    for (const name of ['127.0.0.1', 'localhost', 'LOCALHOST', '127.0.0.2']) {
      const host = `${name}:${port}`;
      const headers = { Host: host, Origin: `http://${host.toLowerCase()}`, 'Sec-Fetch-Site': 'same-origin' };
      for (const path of READS) expect([name, path, await statusOf('GET', path, headers)]).toEqual([name, path, 200]);
    }
  });

  it('sends no events, and uses up no fault', async () => {
    context.sandbox.faults.add({ status: 503, calls: 1 });
    const headers = { Origin: 'http://evil.example', 'Sec-Fetch-Site': 'cross-site', Authorization: 'Bearer key' };
    expect(await statusOf('POST', '/v1/accounts/~abc/events', headers, JSON.stringify(EVENT))).toBe(403);
    expect(await statusOf('OPTIONS', '/v1/accounts/~abc/events', headers)).toBe(403);
    expect(context.sandbox.arrivals()).toEqual([]);
    expect(context.sandbox.faults.list()).toMatchObject([{ applied: 0 }]);
  });

  it('may link to the page: whoever follows the link sees it', async () => {
    const visit = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };
    expect(await statusOf('GET', '/', visit)).toBe(200);
    expect(await statusOf('GET', '/', { ...visit, 'Sec-Fetch-Dest': 'iframe' })).toBe(403);
  });
});
