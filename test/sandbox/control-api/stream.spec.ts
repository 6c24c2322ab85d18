import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createConnection } from 'node:net';
import { EVENT, useSandbox } from '../../support/sandbox-context.js';
import { StreamReader } from '../../support/stream-reader.js';

describe('GET /api/stream', () => {
  const context = useSandbox();
  let open: StreamReader[] = [];

  beforeEach(() => void (open = []));
  afterEach(() => open.forEach((stream) => stream.leave()));

  async function connect(lastEventId?: string) {
    const stream = await StreamReader.open(`${context.sandbox.url}/api/stream`, lastEventId);
    open.push(stream);
    return stream;
  }

  const idsOf = (stream: StreamReader) => stream.previews.map(({ id }) => id as number);
  const eventsOf = (stream: StreamReader) => stream.messages.map(({ event }) => event);

  it('tells the state and all that is remembered, oldest first', async () => {
    for (let index = 0; index < 3; index++) await context.call();
    const stream = await connect();
    await stream.until(() => stream.previews.length === 3);
    expect(idsOf(stream)).toEqual([1, 2, 3]);
    expect(eventsOf(stream)).toEqual(['cleared', 'state', 'events']);
    expect(stream.messages[1]?.data).toMatchObject({ now: context.time, counts: { calls: 3 }, faults: [] });
    expect(stream.previews[0]).toEqual(JSON.parse(JSON.stringify(context.sandbox.arrivals()[0])));
  });

  it('tells what comes in, and what changes', async () => {
    const stream = await connect();
    context.sandbox.faults.add({ status: 503, calls: 1 });
    await context.call(EVENT, { requestId: 'a' });
    await stream.until(() => stream.previews.length === 1);
    expect(stream.previews[0]).toMatchObject({ id: 1, verdict: 'refused' });
    await context.call(EVENT, { requestId: 'a' });
    await stream.until(() => stream.previews.length === 2);
    expect(stream.previews[1]).toMatchObject({ id: 1, verdict: 'kept', attemptCount: 2 });
    await stream.until(() => stream.state?.counts.ingested === 1);
  });

  it('tells the state when nothing but the state changes', async () => {
    const stream = await connect();
    context.sandbox.faults.add({ hang: true });
    await stream.until(() => stream.state?.faults.length === 1);
    context.sandbox.clock.set(0);
    await stream.until(() => stream.state?.clockStopped === true);
  });

  it('tells that the list was cleared', async () => {
    await context.call();
    const stream = await connect();
    await stream.until(() => stream.previews.length === 1);
    context.sandbox.clear();
    await stream.until(() => eventsOf(stream).includes('cleared'));
    await context.call();
    await stream.until(() => stream.previews.length === 2);
    expect(idsOf(stream)).toEqual([1, 2]);
  });

  it('goes on where a client left', async () => {
    await context.call();
    await context.call(EVENT, { requestId: 'a' });
    const first = await connect();
    await first.until(() => first.previews.length === 2);
    first.leave();
    await context.call(EVENT, { requestId: 'a' });
    await context.call();
    const second = await connect(first.lastEventId);
    await second.until(() => second.previews.length === 2);
    expect(idsOf(second)).toEqual([2, 3]);
    expect(eventsOf(second)).not.toContain('cleared');
  });

  it('tells a client that was away while the list was cleared', async () => {
    await context.call();
    const first = await connect();
    await first.until(() => first.previews.length === 1);
    first.leave();
    context.sandbox.clear();
    await context.call();
    const second = await connect(first.lastEventId);
    await second.until(() => second.previews.length === 1);
    expect(eventsOf(second)[0]).toBe('cleared');
    expect(idsOf(second)).toEqual([2]);
  });

  it.each(['0123456789abcdef-1', '', '-', 'x-y', '-1', '99', '<instance>-', '<instance>-x', '<instance>--1'])(
    'begins anew after %p',
    async (template) => {
      await context.call();
      const first = await connect();
      await first.until(() => first.previews.length === 1);
      const lastEventId = template.replace('<instance>', first.lastEventId?.split('-')[0] ?? '');
      const stream = await connect(lastEventId);
      await stream.until(() => stream.previews.length === 1);
      expect(idsOf(stream)).toEqual([1]);
    },
  );

  it('tells many events in batches, each once and in order', async () => {
    for (let call = 0; call < 40; call++) await context.call(Array(25).fill(EVENT), { bulk: true });
    const stream = await connect();
    await stream.until(() => stream.previews.length >= 1_000);
    expect(idsOf(stream)).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 1));
    const batches = stream.messages.filter(({ event }) => event === 'events').map(({ data }) => data.length);
    expect(Math.max(...batches)).toBeLessThanOrEqual(200);
  });

  it('tells a page previews, however large the events are', async () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`Attribute ${index}`, index]));
    const eventData = { Text: 'x'.repeat(1_000_000), List: Array(10_000).fill('x'), ['n'.repeat(9_000)]: 1, ...many };
    await context.call({ ...EVENT, eventData });
    await context.call({ userId: 'u'.repeat(9_000), eventName: 'e'.repeat(9_000), eventTime: 't'.repeat(9_000) });
    const stream = await connect();
    await stream.until(() => stream.previews.length === 2);
    const [first, second] = stream.previews;
    expect(first).toMatchObject({ shortened: true });
    expect(Object.keys(first.eventData)).toHaveLength(40);
    expect(first.eventData.Text).toBe(`${'x'.repeat(200)}…`);
    expect(first.eventData.List).toHaveLength(201);
    expect(first.findings.length).toBeLessThanOrEqual(10);
    expect(second).toMatchObject({ shortened: true, userId: `${'u'.repeat(200)}…`, eventName: `${'e'.repeat(200)}…` });
    expect(JSON.stringify(stream.previews).length).toBeLessThan(30_000);
  });

  it('is broken off, and not written into, when its client sends what is no HTTP', async () => {
    const socket = createConnection(Number(new URL(context.sandbox.url).port), '127.0.0.1');
    let received = '';
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.setEncoding('latin1').on('data', (text: string) => (received += text));
    socket.write('GET /api/stream HTTP/1.1\r\nHost: localhost\r\n\r\n');
    while (!received.includes('event: state')) await new Promise((resolve) => socket.once('data', resolve));
    socket.write('No HTTP\r\n\r\n');
    await closed;
    expect(received.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200']);
  });

  it('ends with the sandbox', async () => {
    const stream = await connect();
    await context.sandbox.close();
    await stream.until(() => stream.isEnded);
  });
});
