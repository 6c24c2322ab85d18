import { beforeEach, describe, expect, it } from '@jest/globals';
import { EVENT, useSandbox } from '../../support/sandbox-context.js';

describe('GET /api/events', () => {
  const context = useSandbox();

  beforeEach(async () => {
    await context.call({ ...EVENT, userId: 'mary', eventData: { Product: 'Red SHOES' } }, { requestId: 'abcdef' });
    await context.call({ anonymousId: 'mary', eventName: 'Viewed', eventData: { Price: 1 } });
    await context.call({ ...EVENT, eventName: 'we_x' });
    await context.call({ ...EVENT, eventData: { we_x: 1 } });
    await context.call({ eventName: 'Viewed' });
  });

  const ids = async (query: string) => {
    const { status, body } = await context.ask('GET', `/api/events?${query}`);
    expect(status).toBe(200);
    return body.events.map(({ id }: { id: number }) => id);
  };

  it.each([
    ['', [1, 2, 3, 4, 5]],
    ['event=Viewed', [2, 5]],
    ['event=viewed', []],
    ['user=mary', [1, 2]],
    ['user=mar', []],
    ['text=red+shoes', [1]],
    ['text=ABCDEF', [1]],
    ['text=PRICE', [2, 3]],
    ['verdict=kept', [1, 2]],
    ['verdict=event%20dropped', [3]],
    ['verdict=attributes+dropped', [4]],
    ['verdict=refused', [5]],
    ['after=3', [4, 5]],
    ['after=99', []],
    ['limit=2', [1, 2]],
    ['limit=0', []],
    ['event=Viewed&verdict=refused&after=2&limit=1&user=', [5]],
  ])('with %p', async (query, expected) => {
    expect(await ids(query)).toEqual(expected);
  });

  it.each(['other=1', 'limit=-1', 'limit=x', 'limit=', 'limit=1.5', 'limit=100001', 'after=-1', 'verdict=good'])(
    'refuses %p',
    async (query) => {
      for (const path of ['/api/events', '/api/events.jsonl']) {
        if (path === '/api/events.jsonl' && query.startsWith('limit')) continue;
        const { status, body } = await context.ask('GET', `${path}?${query}`);
        expect(status).toBe(400);
        expect(body.problems).toMatchObject([{ path: query.split('=')[0] }]);
      }
    },
  );

  it('shows an event by its id, as the sandbox does', async () => {
    const { status, body } = await context.ask('GET', '/api/events/4');
    expect(status).toBe(200);
    expect(body).toEqual(JSON.parse(JSON.stringify(context.sandbox.arrivals()[3])));
    expect(body).toMatchObject({
      id: 4,
      bulk: false,
      licenseCode: '~abc',
      types: { we_x: 'Number' },
      verdict: 'attributes dropped',
      findings: [{ path: 'eventData["we_x"]', rule: 'reservedPrefix', fix: expect.any(String) as unknown }],
      attempts: [{ receivedAt: context.time, outcome: 'ingested', status: 201 }],
      attemptCount: 1,
    });
  });

  it('shows names and values of any kind', async () => {
    const odd = '{"__proto__":1,"constructor":{"__proto__":[null]},"<script>":"</script>\\u2028\\ud800"}';
    await context.call(`{"userId":"odd","eventName":"<b>","eventData":${odd}}`);
    const response = await fetch(`${context.sandbox.url}/api/events?user=odd`);
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.text()).toContain(`"eventData":${JSON.stringify(JSON.parse(odd))}`);
  });
});

describe('GET /api/events.jsonl', () => {
  const context = useSandbox();

  it('has each of 10,000 events on a line, as an attachment', async () => {
    for (let call = 0; call < 400; call++) {
      const events = Array.from({ length: 25 }, (_, index) => ({
        ...EVENT,
        userId: `${call * 25 + index}`,
        eventData: { Text: 'line\nbreak\r\u2028' },
      }));
      await context.call(events, { bulk: true });
    }
    const response = await fetch(`${context.sandbox.url}/api/events.jsonl`);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+\.jsonl"$/);
    const lines = (await response.text()).split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => Number((JSON.parse(line) as { userId: string }).userId))).toEqual(
      Array.from({ length: 10_000 }, (_, index) => index),
    );
  }, 30_000);

  it('takes the same filters, and may be empty', async () => {
    await context.call({ ...EVENT, userId: 'mary' });
    await context.call();
    const textOf = async (query: string) => (await fetch(`${context.sandbox.url}/api/events.jsonl?${query}`)).text();
    expect(
      (await textOf('user=mary'))
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    ).toMatchObject([{ id: 1, userId: 'mary' }]);
    expect(await textOf('user=nobody')).toBe('');
  });

  it('is left by its client in the middle', async () => {
    const big = { ...EVENT, eventData: { List: ['x'.repeat(500_000)] } };
    for (let index = 0; index < 20; index++) await context.call(big);
    const leaving = new AbortController();
    const response = await fetch(`${context.sandbox.url}/api/events.jsonl`, { signal: leaving.signal });
    const reader = response.body?.getReader();
    await reader?.read();
    leaving.abort();
    await expect(reader?.closed).rejects.toThrow();
    expect(await context.call()).toBe(201);
  });
});
