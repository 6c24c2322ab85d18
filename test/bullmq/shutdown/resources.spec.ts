import { runInThisContext } from 'node:vm';
import { expect, it } from '@jest/globals';
import { EVENT } from '../support/bullmq-tracking.js';
import { describeWithOwnRedis, useOwnRedis } from '../support/own-redis.js';
import { pause } from '../support/until.js';

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
    // What is closed may take a moment to be gone.
    await pause(1_000);
    const more = resources().filter((resource) => !['Immediate', 'TickObject'].includes(resource));
    const timers = (list: string[]) => list.filter((resource) => resource === 'Timeout').length;
    const sockets = (list: string[]) => list.filter((resource) => resource.startsWith('TCP')).length;
    // One timer may be that of the test's own client, which looks for its Redis.
    expect(timers(more) - timers(before)).toBeLessThanOrEqual(1);
    expect(sockets(more) - sockets(before)).toBeLessThanOrEqual(0);
  });
});
