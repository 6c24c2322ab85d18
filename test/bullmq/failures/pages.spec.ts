import { expect, it } from '@jest/globals';
import { FailedEvents, WebEngageError } from 'nestjs-webengage';
import { BAD_REQUEST } from '../../support/answering-server.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';
import { describeWithRedis, eventsOf, useBullMqTracking } from '../support/bullmq-tracking.js';
import { describeWithOwnRedis, useOwnRedis } from '../support/own-redis.js';
import { until } from '../support/until.js';

describeWithRedis('a page of FailedEvents', () => {
  const test = useBullMqTracking();

  it('begins at 0 at the earliest, and may be empty', async () => {
    test.current.server.reply = () => BAD_REQUEST;
    const { app, events } = await test.current.start();
    await events.trackMany(eventsOf(3));
    await until('all are kept', async () => (await test.current.queue().getFailedCount()) === 3);
    const failedEvents = app.get(FailedEvents);
    const all = await failedEvents.list();
    expect(all).toHaveLength(3);
    await expect(failedEvents.list({ limit: 0 })).resolves.toEqual([]);
    await expect(failedEvents.list({ limit: -1 })).resolves.toEqual([]);
    await expect(failedEvents.list({ limit: NaN })).resolves.toEqual([]);
    await expect(failedEvents.list({ offset: -2 })).resolves.toEqual(all);
    await expect(failedEvents.list({ offset: -2, limit: 2 })).resolves.toEqual(all.slice(0, 2));
    await expect(failedEvents.list({ offset: 1.9, limit: 1 })).resolves.toEqual(all.slice(1, 2));
    await expect(failedEvents.list({ offset: 3 })).resolves.toEqual([]);
  });

  it('holds whole calls, whatever part of one is asked for', async () => {
    test.current.server.reply = () => BAD_REQUEST;
    const { app, events } = await test.current.start();
    await events.trackMany(eventsOf(3));
    await until('all are kept', async () => (await test.current.queue().getFailedCount()) === 3);
    await expect(app.get(FailedEvents).list({ limit: 1.5 })).resolves.toHaveLength(1);
  });
});

describeWithOwnRedis('FailedEvents without Redis', () => {
  const own = useOwnRedis();
  expectNoUnobservedErrors();

  const errorsOf = async (failedEvents: FailedEvents): Promise<unknown[]> => {
    const asked = [failedEvents.list(), failedEvents.retry('0'.repeat(32)), failedEvents.discard('0'.repeat(32))];
    return (await Promise.allSettled<unknown>(asked)).map((outcome) => outcome.status === 'rejected' && outcome.reason);
  };

  it('rejects with an error of this library', async () => {
    await own.redis.kill();
    const { app } = await own.test.current.start({ shutdownTimeout: 100 });
    for (const error of await errorsOf(app.get(FailedEvents))) {
      expect(error).toBeInstanceOf(WebEngageError);
      expect(error).toMatchObject({ message: 'Redis cannot be reached' });
    }
  });

  it('rejects with an error of this library when Redis dies before it answers', async () => {
    const { app } = await own.test.current.start({ shutdownTimeout: 100 });
    await until(
      'Redis answers',
      async () =>
        (await app
          .get(FailedEvents)
          .list()
          .catch(() => undefined)) !== undefined,
    );
    own.redis.freeze();
    const errors = errorsOf(app.get(FailedEvents));
    await own.redis.kill();
    for (const error of await errors) expect(error).toBeInstanceOf(WebEngageError);
  });
});
