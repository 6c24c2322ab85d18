import { runInThisContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { QUEUED, useBackgroundTracking } from '../../support/answering-server.js';
import { type TrackingContext, startTracking } from '../../support/tracking-context.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';

const many = (count: number, userId = 'johndoe') =>
  Array.from({ length: count }, () => ({ userId, eventName: 'Added to Cart' }));

/** Answers by the user's id: a status, or with `queued`. In a thread of its own, whose sockets are not this one's. */
const SERVER = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:http').createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const status = Number(/"userId":"(\\d+)"/.exec(body)?.[1] ?? 201);
    response.writeHead(status, { 'Retry-After': '60' }).end('{"response":{"status":"queued"}}');
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

expectNoUnobservedErrors();

describe('connections of background delivery', () => {
  const background = useBackgroundTracking();

  it.each([1, 3])('are kept alive, and never more than concurrency: %d', async (concurrency) => {
    const { server } = background;
    server.reply = () => new Promise((resolve) => setTimeout(() => resolve(QUEUED), 2));
    const events = await background.start({ concurrency, bulk: 'never' });
    for (let batch = 0; batch < 3; batch++) {
      await events.trackMany(many(20));
      await events.flush();
    }
    expect(server.calls).toHaveLength(60);
    expect(server.connections).toEqual({ most: concurrency, total: concurrency });
  });
});

describe('an idle application', () => {
  // The process that Jest shows to tests is a copy.
  const realProcess = runInThisContext('process') as NodeJS.Process;
  let worker: Worker;
  let host: string;
  let tracking: TrackingContext | undefined;

  beforeAll(async () => {
    worker = new Worker(SERVER, { eval: true });
    const port = await new Promise<number>((resolve) => worker.once('message', resolve));
    host = `http://127.0.0.1:${port}`;
  });

  afterEach(async () => {
    await tracking?.app.close();
    tracking = undefined;
  });

  afterAll(async () => {
    await worker.terminate();
  });

  /** What keeps the process alive now and did not before; looked at until it is nothing, or for a second. */
  async function leftOver(before: readonly string[]): Promise<string[]> {
    let found: string[] = [];
    for (let looks = 0; looks < 50; looks++) {
      const remaining = [...before];
      found = realProcess.getActiveResourcesInfo().filter((resource) => {
        const index = remaining.indexOf(resource);
        if (index >= 0) remaining.splice(index, 1);
        return index < 0;
      });
      if (found.length === 0) break;
      // Without a timer of its own, which would be found too.
      for (let turns = 0; turns < 100; turns++) await new Promise((resolve) => setImmediate(resolve));
    }
    return found;
  }

  it.each([
    ['that has delivered everything', many(5)],
    ['that has failed everything, and would wait before it sent more', many(5, '503')],
    ['that has tracked nothing', []],
  ])('%s is kept alive by nothing of the module', async (_, given) => {
    const before = realProcess.getActiveResourcesInfo();
    const retry = { maxAttempts: 1 };
    tracking = await startTracking({ host, retry, delivery: { mode: 'background', concurrency: 5 } });
    await tracking.events.trackMany(given);
    await tracking.events.flush();
    expect(await leftOver(before)).toEqual([]);
  });
});
