import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createConnection, type Socket } from 'node:net';
import { EVENT, useSandbox } from '../../support/sandbox-context.js';
import { StreamReader } from '../../support/stream-reader.js';

/** What the system itself keeps for a client that does not read is less than the previews of so many events. */
const FILLING_CALLS = 80;
const WIDE = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`Attribute ${index}`, ['x'.repeat(250)]]));

describe('the connection of a stream', () => {
  const context = useSandbox();
  let stream: StreamReader | undefined;
  let socket: Socket | undefined;

  beforeEach(() => void ([stream, socket] = [undefined, undefined]));
  afterEach(() => {
    stream?.leave();
    socket?.destroy();
  });

  const connect = async () => (stream = await StreamReader.open(`${context.sandbox.url}/api/stream`));
  const clearsIn = ({ messages }: StreamReader) => messages.filter(({ event }) => event === 'cleared').length;

  it('has the client forget what it knows, before anything else, once', async () => {
    const reader = await connect();
    await reader.until(() => reader.state !== undefined);
    expect(reader.messages.map(({ event }) => event)).toEqual(['cleared', 'state']);
    await context.call();
    await reader.until(() => reader.previews.length === 1);
    expect(clearsIn(reader)).toBe(1);
  });

  it.each([
    ['behind another request', ['/api/state', '/api/stream']],
    ['before another request', ['/api/stream', '/api/state']],
    ['behind two other requests', ['/api/state', '/api/clock', '/api/stream']],
  ])('is broken off without a word within the stream: %s', async (_what, paths) => {
    const received = await send(paths);
    const [before, inStream] = received.split('event: cleared');
    expect(before?.match(/HTTP\/1\.1 \d+/g)).toEqual(
      paths.slice(0, paths.indexOf('/api/stream') + 1).map(() => 'HTTP/1.1 200'),
    );
    expect(inStream).not.toContain('HTTP/1.1');
    expect(inStream).not.toContain('Bad Request');
  });

  /** Asks for one after the other at once, and sends what is no HTTP as soon as the stream has begun. */
  async function send(paths: readonly string[]): Promise<string> {
    const opened = (socket = createConnection(Number(new URL(context.sandbox.url).port), '127.0.0.1'));
    let received = '';
    const closed = new Promise((resolve) => opened.once('close', resolve));
    opened.on('error', () => undefined);
    opened.setEncoding('latin1').on('data', (text: string) => (received += text));
    opened.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`).join(''));
    while (!received.includes('event: state')) await new Promise((resolve) => opened.once('data', resolve));
    opened.write('No HTTP\r\n\r\n');
    await closed;
    return received;
  }

  it('tells a client that does not read of many clears once, when it reads again', async () => {
    const reader = await connect();
    await reader.until(() => reader.state !== undefined);
    reader.pause();
    const wide = Array(25).fill({ ...EVENT, eventData: WIDE });
    for (let call = 0; call < FILLING_CALLS; call++) await context.call(wide, { bulk: true });
    for (let clear = 0; clear < 20; clear++) {
      await context.call({ ...EVENT, userId: 'between' });
      context.sandbox.clear();
    }
    await context.call({ ...EVENT, userId: 'last' });
    reader.resume();
    await reader.until(() => reader.previews.at(-1)?.userId === 'last');
    expect(clearsIn(reader)).toBe(2);
    const told = reader.messages.filter(({ event }) => event !== 'state').map(({ event }) => event);
    expect(told.slice(-2)).toEqual(['cleared', 'events']);
    expect(reader.previews.filter(({ userId }) => userId === 'between')).toEqual([]);
    expect(reader.previews.length).toBeLessThan(25 * FILLING_CALLS);
  }, 30_000);
});
