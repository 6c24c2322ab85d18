import { describe, expect, it } from '@jest/globals';
import axios from 'axios';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { MODES } from '../support/deliveries.js';
import { API_KEY, LICENSE_CODE } from '../support/tracking-context.js';
import { useWebEngageBehindProxy } from '../support/webengage-behind-proxy.js';

const DOCUMENTED_BODY = JSON.parse(`{
  "userId": "johndoe",
  "eventName": "Added to Cart",
  "eventTime": "2018-09-15T18:29:00-0800",
  "eventData": {
    "Product ID": 1337,
    "Price": 39.80,
    "Quantity": 1,
    "Product": "Givenchy Pour Homme Cologne",
    "Category": "Fragrance",
    "Currency": "USD"
  }
}`);

describe.each(MODES)('with %s delivery, what goes over the wire', (mode) => {
  const webEngage = useWebEngageBehindProxy({}, { delivery: { mode } });

  it("is WebEngage's documented example", async () => {
    const events = await webEngage.start();
    const { requestId } = await events.track(DOCUMENTED_BODY);
    await events.flush();
    const [call] = webEngage.proxy.calls;
    expect(call).toMatchObject({ method: 'POST', path: `/v1/accounts/${LICENSE_CODE}/events` });
    expect(JSON.parse(call?.body ?? '')).toEqual(DOCUMENTED_BODY);
    expect(JSON.stringify(JSON.parse(call?.body ?? ''))).toBe(JSON.stringify(DOCUMENTED_BODY));
    expect(call?.headers).toMatchObject({
      authorization: `Bearer ${API_KEY}`,
      'content-type': 'application/json',
      'x-request-id': requestId,
    });
    expect(requestId).toMatch(/^[0-9a-f]{32}$/);
  });

  it('is stamped with the time of acceptance, and frozen then', async () => {
    const events = await webEngage.start();
    const event = { userId: 'johndoe', eventName: 'Viewed', eventData: { Tags: ['a'] } };
    const before = Math.floor(Date.now() / 1000);
    const tracked = events.track(event);
    event.eventData.Tags.push('b');
    event.userId = 'jane';
    await tracked;
    await events.flush();
    const sent = JSON.parse(webEngage.proxy.calls[0]?.body ?? '');
    expect(sent).toMatchObject({ userId: 'johndoe', eventData: { Tags: ['a'] } });
    expect(sent.eventTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/);
    const stamped = Date.parse(sent.eventTime.replace('+0000', 'Z')) / 1000;
    expect(stamped).toBeGreaterThanOrEqual(before);
    expect(stamped).toBeLessThanOrEqual(Date.now() / 1000);
  });

  it('has a request id of its own for each event', async () => {
    const events = await webEngage.start();
    await events.trackMany(Array.from({ length: 50 }, () => ({ userId: 'johndoe', eventName: 'Viewed' })));
    await events.flush();
    expect(new Set(webEngage.proxy.requestIds).size).toBe(50);
  });

  it('goes over a connection that is kept alive', async () => {
    let connections = 0;
    const server = http.createServer((_request, response) => response.end('{"response":{"status":"queued"}}'));
    server.on('connection', () => connections++);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const events = await webEngage.start({ host: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    for (let count = 0; count < 5; count++) {
      await events.track({ userId: 'a', eventName: 'Viewed' });
      await events.flush();
    }
    expect(connections).toBe(1);
    server.closeAllConnections();
    server.close();
  });

  it("takes nothing from the application's axios defaults", async () => {
    const { common } = axios.defaults.headers;
    common['X-Internal-Token'] = 'internal';
    Object.assign(axios.defaults, { params: { internal: 1 }, auth: { username: 'a', password: 'b' } });
    try {
      const events = await webEngage.start();
      await events.track({ userId: 'a', eventName: 'Viewed' });
      await events.flush();
      const [call] = webEngage.proxy.calls;
      expect(call?.path).toBe(`/v1/accounts/${LICENSE_CODE}/events`);
      expect(call?.headers).toMatchObject({ authorization: `Bearer ${API_KEY}` });
      expect(call?.headers).not.toHaveProperty('x-internal-token');
    } finally {
      delete common['X-Internal-Token'];
      Object.assign(axios.defaults, { params: undefined, auth: undefined });
    }
  });

  it("goes through the user's own agent and proxy", async () => {
    const agent = new http.Agent({ keepAlive: false });
    const events = await webEngage.start({ http: { httpAgent: agent } });
    const seen: string[] = [];
    const original = agent.createConnection.bind(agent);
    agent.createConnection = (...parameters: Parameters<typeof original>) => {
      seen.push('connection');
      return original(...parameters);
    };
    await events.track({ userId: 'a', eventName: 'Viewed' });
    await events.flush();
    expect(seen).toEqual(['connection']);

    const { port } = new URL(webEngage.proxy.url);
    const throughProxy = await webEngage.start({
      host: 'http://sandbox.invalid',
      allowInsecureHost: true,
      retry: { maxAttempts: 1 },
      http: { proxy: { protocol: 'http', host: '127.0.0.1', port: Number(port) } },
    });
    webEngage.proxy.next({ status: 201, body: '{"response":{"status":"queued"}}' });
    await throughProxy.track({ userId: 'a', eventName: 'Viewed' });
    await throughProxy.flush();
    expect(webEngage.proxy.calls.at(-1)?.path).toBe(`http://sandbox.invalid/v1/accounts/${LICENSE_CODE}/events`);
  });
});
