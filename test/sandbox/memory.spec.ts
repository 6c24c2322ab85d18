import { afterEach, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CommandProcess } from '../support/command-process.js';
import { StreamReader } from '../support/stream-reader.js';

const CALLS = 150;
const ID_CALLS = 5_000;
/** Less than what comes in altogether: whoever keeps it all runs out of memory, and the process ends. */
const HEAP = '--max-old-space-size=112';
/** So many calls whose previews are large fill what the system itself keeps for a client that does not read. */
const FILLING_CALLS = 80;
const WIDE = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`Attribute ${index}`, ['x'.repeat(250)]]));
const EVENT = { userId: 'johndoe', eventName: 'Viewed', eventData: { List: ['x'.repeat(1_000_000)] } };

describe('the memory of a sandbox', () => {
  let command: CommandProcess;

  afterEach(() => command.signal('SIGKILL'));

  it('does not grow with what comes in, nor with a page that does not read', async () => {
    command = new CommandProcess(['sandbox', '--port', '0'], [HEAP]);
    const url = await command.url();
    const stream = await StreamReader.open(`${url}/api/stream`);
    stream.pause();
    const wide = { events: Array(25).fill({ userId: 'wide', eventName: 'Filled', eventData: WIDE }) };
    for (let call = 0; call < FILLING_CALLS; call++) await post(url, wide, 'bulk-events');
    for (let call = 0; call < CALLS; call++) await post(url, { ...EVENT, userId: `${call}` });
    stream.resume();
    await stream.until(() => stream.previews.at(-1)?.userId === `${CALLS - 1}`);
    stream.leave();
    expect(command.isRunning).toBe(true);
    expect(command.stderr).toBe('');
  }, 60_000);

  it('does not grow with the length of request ids', async () => {
    command = new CommandProcess(['sandbox', '--port', '0', '--max-events', '10'], ['--max-old-space-size=40']);
    const { port } = new URL(await command.url());
    const socket = connect({ port: Number(port), host: '127.0.0.1' });
    const ended = new Promise((resolve) => socket.once('close', resolve));
    let answers = '';
    socket.setEncoding('latin1').on('data', (text: string) => (answers += text));
    await pipeline(Readable.from(callsWithLongIds()), socket, { end: false });
    await ended;
    expect(answers.match(/HTTP\/1.1 201/g)).toHaveLength(ID_CALLS);
    expect(command.stderr).toBe('');
  }, 60_000);

  it('is not blown up by a body of very many values', async () => {
    ({ command } = await CommandProcess.startSandbox());
    const url = await command.url();
    const wide = `[${'{},'.repeat(5_000_000)}{}]`;
    expect(await post(url, `{"userId":"a","eventName":"Viewed","eventData":{"List":${wide}}}`)).toBe(413);
    expect(await post(url, EVENT)).toBe(201);
  }, 30_000);
});

/** All over one connection: what a client would need for each would take longer than the sandbox does. */
function* callsWithLongIds(): Generator<string> {
  const body = '{"userId":"johndoe","eventName":"Viewed"}';
  for (let call = 1; call <= ID_CALLS; call++) {
    yield [
      'POST /v1/accounts/~abc/events HTTP/1.1',
      `Host: x\r\nAuthorization: Bearer key\r\nContent-Length: ${body.length}`,
      `Connection: ${call === ID_CALLS ? 'close' : 'keep-alive'}\r\nx-request-id: ${'x'.repeat(14_000)}${call}`,
      `\r\n${body}`,
    ].join('\r\n');
  }
}

async function post(url: string, body: unknown, resource = 'events'): Promise<number | string> {
  const response = await fetch(`${url}/v1/accounts/~abc/${resource}`, {
    method: 'POST',
    headers: { Authorization: 'Bearer key' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  await response.text();
  return response.status;
}
