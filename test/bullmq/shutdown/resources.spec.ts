import { runInThisContext } from 'node:vm';
import { it } from '@jest/globals';
import { EVENT } from '../support/bullmq-tracking.js';
import { describeWithOwnRedis, useOwnRedis } from '../support/own-redis.js';
import { until } from '../support/until.js';

// The process that Jest shows to tests is a copy.
const realProcess = runInThisContext('process') as NodeJS.Process;

/** What keeps the process alive. */
const resources = (): string[] => realProcess.getActiveResourcesInfo().sort();

describeWithOwnRedis('after the shutdown', () => {
  const own = useOwnRedis();

  it.each(['away', 'frozen'])('nothing keeps the process alive, though Redis is %s', async (how) => {
    const before = resources();
    const { app, events } = await own.test.current.start({ shutdownTimeout: 200 });
    await events.track(EVENT);
    if (how === 'away') await own.redis.kill();
    else own.redis.freeze();
    await app.close();
    const more = (kind: string): number => countOf(kind, resources()) - countOf(kind, before);
    // One timer may be that of the test's own client, which looks for its Redis.
    await until('no timer is left', () => more('Timeout') <= 1);
    await until('no socket is left', () => more('TCP') <= 0);
  });
});

function countOf(kind: string, list: string[]): number {
  return list.filter((resource) => resource.startsWith(kind)).length;
}
