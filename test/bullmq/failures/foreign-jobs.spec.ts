import { expect, it } from '@jest/globals';
import { FailedEvents } from 'nestjs-webengage';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';
import { EVENT, describeWithRedis, useBullMqTracking } from '../support/bullmq-tracking.js';
import { until } from '../support/until.js';

const ID = 'a'.repeat(32);
const STORED = { requestId: ID, acceptedAt: 0, json: JSON.stringify(EVENT) };

describeWithRedis('a job that is none of this library', () => {
  const test = useBullMqTracking();
  expectNoUnobservedErrors();

  it.each<[string, unknown, string]>([
    ['that holds nothing', {}, ID],
    ['that holds null', null, ID],
    ['without events', { version: 1, kind: 'single', events: [] }, ID],
    ['whose events are no array', { version: 1, kind: 'single', events: 'none' }, ID],
    ['whose event is null', { version: 1, kind: 'single', events: [null] }, ID],
    ['whose event is no JSON', { version: 1, kind: 'single', events: [{ ...STORED, json: '{' }] }, ID],
    ['under an id that is no request id', { version: 1, kind: 'single', events: [STORED] }, 'mine'],
  ])('%s fails with its reason, and the others are delivered', async (_name, data, jobId) => {
    await test.current.queue().add('foreign', data as never, { jobId });
    const { app, events, delivered, failed, logger } = await test.current.start();
    await events.track(EVENT);
    await until('the event arrived', () => delivered.length === 1);
    await until('the job failed', async () => (await test.current.queue().getFailedCount()) === 1);
    const { failedReason } = await test.current.job(jobId);
    expect(failedReason).toBe('the job holds no call of this library');
    expect(logger.at('error').filter((text) => text.includes(failedReason ?? ''))).toHaveLength(1);
    expect(failed).toEqual([]);
    expect(events.stats()).toMatchObject({ fetched: 1, delivered: 1, pending: 0 });
    await expect(app.get(FailedEvents).list()).resolves.toEqual([]);
    expect(test.current.server.calls).toHaveLength(1);
  });

  it('but of a later version is left to the processes that can read it, with one line', async () => {
    const data = { version: 2, kind: 'single', events: [STORED] };
    for (const id of [ID, 'b'.repeat(32)]) await test.current.queue().add('later', data as never, { jobId: id });
    const { events, delivered, failed, logger } = await test.current.start();
    await events.track(EVENT);
    await until('the event arrived', () => delivered.length === 1);
    await until('they are put off', async () => (await test.current.queue().getDelayedCount()) === 2);
    expect((await test.current.job(ID)).data).toEqual(data);
    expect(logger.at('warn').filter((text) => text.includes('only a later version can read'))).toHaveLength(1);
    expect(failed).toEqual([]);
    expect(events.stats()).toMatchObject({ fetched: 1, delivered: 1, pending: 0 });
  });
});
