import { expect, it } from '@jest/globals';
import type { ReceivedCall, Reply } from '../../support/answering-server.js';
import { EVENT, describeWithRedis, eventsOf, useBullMqTracking } from '../support/bullmq-tracking.js';
import { watchBooks } from '../support/books.js';
import { turnAway } from '../support/held-calls.js';
import { until } from '../support/until.js';

const OTHERS = 30;
const POISON = { ...EVENT, eventName: 'Poison' };
const isPoison = ({ events: [event] }: ReceivedCall): boolean => event?.eventName === POISON.eventName;
const RETRY = { retry: { maxAttempts: 3, minDelay: 1, maxDelay: 5 } };

describeWithRedis('a call that is at fault itself', () => {
  const test = useBullMqTracking();

  it.each<[string, Reply]>([
    ['refused access', { status: 404 }],
    ['answered with 500', { status: 500 }],
    ['answered with 503', { status: 503 }],
    ['never answered', 'reset'],
  ])('and is %s, does not stop the others, and ends as failed', async (_name, reply) => {
    turnAway(test.current, reply, isPoison);
    const { events, delivered, failed } = await test.current.start({ concurrency: 2 }, RETRY);
    const books = watchBooks(events);
    const { requestId } = await events.track(POISON);
    await events.trackMany(eventsOf(OTHERS));
    await until('all others arrived', () => delivered.length === OTHERS);
    await until('it failed', async () => {
      await test.current.queue().promoteJobs();
      return failed.length === 1;
    });
    expect(failed).toMatchObject([{ requestId }]);
    books.expectInOrder();
  });

  it('and is refused access, lets the others through when it is the first to be tried', async () => {
    turnAway(test.current, { status: 404 }, isPoison);
    const producer = await test.current.start({ role: 'producer' });
    await producer.events.track(POISON);
    const { delivered, failed } = await test.current.start({ role: 'worker', concurrency: 1 }, RETRY);
    await test.current.server.received(1);
    await producer.events.trackMany(eventsOf(OTHERS));
    await until('all others arrived', () => delivered.length === OTHERS);
    await until('it failed', () => failed.length === 1);
    expect(failed).toMatchObject([{ reason: 'refused by WebEngage', status: 404 }]);
  });

  it('does not end a hold when it is given up without being sent', async () => {
    const held = turnAway(test.current, { status: 401 });
    const { events, failed, logger } = await test.current.start({ concurrency: 1 });
    await events.trackMany(eventsOf(20));
    await until('they are held', () => held.turnedAwayAt.length > 0);
    const first = await test.current.job(test.current.server.calls[0]?.requestId ?? '');
    await until('it is put back', async () => (await first.getState()) !== 'active');
    const { data } = await test.current.job(first.id ?? '');
    const { history } = data;
    if (!history) throw new Error('The job has no history');
    const old = { ...history, outcomeUnknown: true, windowStartedAt: 1 };
    await first.updateData({ ...data, history: old });
    await until('it failed', () => failed.length === 1);
    const calls = test.current.server.calls.length;
    await until('another one is asked with', () => test.current.server.calls.length > calls);
    expect(logger.at('log').filter((text) => text.includes('WebEngage takes events again'))).toEqual([]);
    held.letIn();
    await test.current.delivered();
  });
});
