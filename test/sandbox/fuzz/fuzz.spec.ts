import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandProcess } from '../../support/command-process.js';
import { Choice } from './choice.js';
import { exchange } from './exchange.js';
import { type RawAnswer, readAnswers } from './read-answers.js';
import { fuzzedRequest } from './requests.js';

const SEED = 20_260_101;
const REQUESTS = 10_000;
const CLIENTS = 50;
const NOT_JSON = /^(text\/(html|css|javascript|event-stream)|image\/svg\+xml|application\/jsonl)/;

describe('malformed requests', () => {
  let command: CommandProcess;
  let url: string;
  const statuses = new Map<number, number>();

  beforeAll(async () => ({ command, url } = await CommandProcess.startSandbox()), 60_000);
  afterAll(() => command.signal('SIGKILL'));

  it(`are answered in JSON, or end with a closed connection, ${REQUESTS} times`, async () => {
    const port = Number(new URL(url).port);
    const wrong: string[] = [];
    let next = 0;
    const sendSome = async () => {
      while (next < REQUESTS && wrong.length < 10 && command.isRunning) {
        const seed = SEED + next++;
        const request = fuzzedRequest(new Choice(seed));
        const { received, hung } = await exchange(port, request);
        const problem = hung ? 'hung' : problemOf(received, request.isHead);
        if (problem !== undefined) wrong.push(`${problem}, for seed ${seed}: ${shown(request.bytes)}`);
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, sendSome));
    expect(command.stderr).toBe('');
    expect(wrong).toEqual([]);
    expect(next).toBe(REQUESTS);
    // The generator does its work: the answers are of many kinds.
    expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 201, 400, 401, 403, 404, 405, 413, 417, 431]));
  }, 90_000);

  it('leave a sandbox behind that works', async () => {
    expect(command.isRunning).toBe(true);
    await fetch(`${url}/api/clock`, { method: 'DELETE' });
    const post = await fetch(`${url}/v1/accounts/~last/events`, {
      method: 'POST',
      headers: { Authorization: 'Bearer key' },
      body: JSON.stringify({ userId: 'last', eventName: 'After all' }),
    });
    expect(post.status).toBe(201);
    const { events } = (await getJson('/api/events?user=last')) as { events: { verdict: string }[] };
    expect(events.map(({ verdict }) => verdict)).toEqual(['kept']);
    const { counts } = (await getJson('/api/state')) as { counts: Record<string, number> };
    expect(counts.calls).toBe(
      ['ingested', 'recognised', 'refused', 'unanswered'].reduce((sum, of) => sum + counts[of], 0),
    );
    expect((await fetch(url)).headers.get('content-type')).toContain('text/html');
    await streamHolds('"userId":"last"');
    expect(await command.signal('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(command.stderr).toBe('');
  }, 30_000);

  function problemOf(received: Buffer, isHead: boolean): string | undefined {
    try {
      for (const answer of readAnswers(received, isHead)) check(answer, isHead);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  }

  function check({ status, contentType, body, complete }: RawAnswer, isHead: boolean) {
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (status >= 500) throw new Error(`Answered with ${status}`);
    if (status === 204 || isHead || !complete || NOT_JSON.test(contentType)) return;
    JSON.parse(body);
  }

  async function getJson(path: string): Promise<unknown> {
    return (await fetch(url + path)).json();
  }

  async function streamHolds(text: string) {
    const leaving = new AbortController();
    const stream = await fetch(`${url}/api/stream`, { signal: leaving.signal });
    let received = '';
    for await (const chunk of stream.body ?? []) {
      received += Buffer.from(chunk as Uint8Array).toString('utf8');
      if (received.includes(text)) break;
    }
    leaving.abort();
  }
});

function shown(bytes: Buffer): string {
  return JSON.stringify(bytes.subarray(0, 400).toString('latin1'));
}
