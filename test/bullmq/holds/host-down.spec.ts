import { expect, it } from '@jest/globals';
import type { Reply } from '../../support/answering-server.js';
import { FaultyProxy } from '../../support/faulty-proxy.js';
import { describeWithRedis, eventsOf, useBullMqTracking } from '../support/bullmq-tracking.js';
import { watchBooks } from '../support/books.js';
import { probesOf, turnAway } from '../support/held-calls.js';
import { until } from '../support/until.js';

const EVENTS = 60;

describeWithRedis('while the host is down', () => {
  const test = useBullMqTracking();

  it.each<[string, Reply]>([
    ['answers with 503', { status: 503 }],
    ['resets each connection', 'reset'],
  ])('and %s, events wait, it is tried once a second, and all arrive', async (_name, reply) => {
    const held = turnAway(test.current, reply);
    const { events, delivered, failed, logger } = await test.current.start();
    const books = watchBooks(events);
    await events.trackMany(eventsOf(EVENTS));
    await until('it is tried again', () => probesOf(held).length === (reply === 'reset' ? 1 : 2));
    held.letIn();
    await until('most arrived', () => delivered.length > EVENTS / 2);
    await test.current.delivered();
    await until('all arrived', () => delivered.length === EVENTS);
    const [one = 0, other = Infinity] = probesOf(held);
    expect(other - one).toBeGreaterThan(900);
    expect(failed).toEqual([]);
    expect(logger.at('error').filter((text) => text.includes('can be reached'))).toHaveLength(1);
    expect(logger.at('log').filter((text) => text.includes('WebEngage takes events again'))).toHaveLength(1);
    books.expectInOrder();
  });

  it('and nobody listens at its port, events wait and arrive', async () => {
    const proxy = await FaultyProxy.start(test.current.server.url);
    try {
      await proxy.close();
      const { events, delivered, failed, logger } = await test.current.start({}, { host: proxy.url });
      await events.trackMany(eventsOf(EVENTS));
      await until('they are held', () => logger.at('error').some((text) => text.includes('can be reached')));
      await proxy.open();
      await until('most arrived', () => delivered.length > EVENTS / 2);
      await test.current.delivered();
      await until('all arrived', () => delivered.length === EVENTS);
      expect(failed).toEqual([]);
    } finally {
      await proxy.close();
    }
  });

  it('a probe uses up no attempt of its call', async () => {
    const held = turnAway(test.current, { status: 503 });
    const { events, delivered, failed } = await test.current.start({ concurrency: 1 });
    await events.trackMany(eventsOf(20));
    await until('it is tried again', () => probesOf(held).length === 1);
    const probe = test.current.server.calls.at(-1)?.requestId ?? '';
    await until('it is put off', async () => (await test.current.job(probe)).data.isUnderWay === undefined);
    const { history } = (await test.current.job(probe)).data;
    expect(history?.countedAttempts).toBe((history?.attempts ?? 0) - 1);
    held.letIn();
    await until('most arrived', () => delivered.length > 10);
    await test.current.delivered();
    expect(failed).toEqual([]);
  });

  it('an event that is alone is tried again and again, and does not fail', async () => {
    const held = turnAway(test.current, 'reset');
    const { events, delivered, failed, logger } = await test.current.start(
      {},
      { retry: { maxAttempts: 6, minDelay: 1, maxDelay: 2 } },
    );
    await events.trackMany(eventsOf(1));
    await until('it is held', () => logger.at('error').some((text) => text.includes('can be reached')));
    await until('it is tried more often than it may fail', () => held.turnedAwayAt.length > 7);
    const takenAgain = () => logger.at('log').filter((text) => text.includes('WebEngage takes events again'));
    expect(takenAgain()).toEqual([]);
    held.letIn();
    await until('it arrived', () => delivered.length === 1);
    await until('one line says so', () => takenAgain().length === 1);
    expect(failed).toEqual([]);
  });
});
