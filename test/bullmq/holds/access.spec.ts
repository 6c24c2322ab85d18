import { expect, it } from '@jest/globals';
import { API_KEY } from '../../support/tracking-context.js';
import { describeWithRedis, eventsOf, useBullMqTracking } from '../support/bullmq-tracking.js';
import { watchBooks } from '../support/books.js';
import { probesOf, turnAway } from '../support/held-calls.js';
import { pause, until } from '../support/until.js';

const EVENTS = 60;

describeWithRedis('while WebEngage does not let the account in', () => {
  const test = useBullMqTracking();

  it.each([401, 403, 404])('with %d, events wait, it is asked once a second, and all arrive', async (status) => {
    const probes = status === 401 ? 2 : 1;
    const held = turnAway(test.current, { status });
    const { events, delivered, failed, logger } = await test.current.start();
    const books = watchBooks(events);
    await events.trackMany(eventsOf(EVENTS));
    await until('it is asked again', () => probesOf(held).length === probes);
    held.letIn();
    await until('all arrived', () => delivered.length === EVENTS);
    const [one = 0, other = Infinity] = probesOf(held);
    expect(other - one).toBeGreaterThan(900);
    expect(test.current.server.ingested).toHaveLength(EVENTS);
    expect(failed).toEqual([]);
    expect(logger.at('error').filter((text) => text.includes(`answered ${status}`))).toHaveLength(1);
    expect(logger.at('log').filter((text) => text.includes('WebEngage takes events again'))).toHaveLength(1);
    expect(JSON.stringify(logger.lines)).not.toContain(API_KEY);
    books.expectInOrder();
  });

  it('events that were not sent do not age, and those that were start anew', async () => {
    turnAway(test.current, { status: 401 });
    const { events } = await test.current.start({ concurrency: 2 });
    const receipts = await events.trackMany(eventsOf(20));
    await test.current.server.received(1);
    await pause(300);
    const jobs = await Promise.all(receipts.map(({ requestId }) => test.current.job(requestId)));
    const sent = new Set(test.current.server.calls.map(({ requestId }) => requestId));
    for (const { id = '', data } of jobs) {
      if (sent.has(id)) expect(data).toMatchObject({ history: { countedAttempts: 0, outcomeUnknown: false } });
      else expect(data).not.toHaveProperty('history');
      expect(data).not.toHaveProperty('history.windowStartedAt');
      expect(data).not.toHaveProperty('isUnderWay');
    }
    expect(sent.size).toBeLessThanOrEqual(2);
  });

  it('two processes ask once a second together', async () => {
    const held = turnAway(test.current, { status: 401 });
    const one = await test.current.start();
    const other = await test.current.start();
    await one.events.trackMany(eventsOf(EVENTS));
    await until('it is asked again', () => probesOf(held).length === 2);
    held.letIn();
    await until('all arrived', () => one.delivered.length + other.delivered.length === EVENTS);
    const [first = 0, second = 0] = probesOf(held);
    expect(second - first).toBeGreaterThan(900);
    const lines = [...one.logger.at('error'), ...other.logger.at('error')];
    expect(lines.filter((text) => text.includes('answered 401'))).toHaveLength(1);
  });

  it('goes on when its leader crashed, once its hold has run out', async () => {
    const held = turnAway(test.current, { status: 401 });
    const { events, delivered } = await test.current.start();
    await events.trackMany(eventsOf(EVENTS));
    await test.current.server.received(1);
    const { redis, prefix, queueName } = test.current;
    const hold = `${prefix}:${queueName}:hold`;
    await until('somebody leads', async () => (await redis.exists(hold)) === 1);
    expect(await redis.pttl(hold)).toBeGreaterThan(0);
    await redis.set(hold, 'a leader that crashed', 'PX', 300);
    await redis.pexpire(`${prefix}:${queueName}:limiter`, 300);
    await until('somebody leads again', async () => {
      const leader = await redis.get(hold);
      return leader !== null && leader !== 'a leader that crashed';
    });
    held.letIn();
    await until('all arrived', () => delivered.length === EVENTS);
  });
});
