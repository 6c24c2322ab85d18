import { expect, it } from '@jest/globals';
import { EVENT, describeWithRedis, eventsOf, useBullMqTracking } from '../support/bullmq-tracking.js';
import { until } from '../support/until.js';

describeWithRedis('a durable receipt', () => {
  const test = useBullMqTracking();

  it('is given when the event is in Redis', async () => {
    const { events } = await test.current.start({ role: 'producer' });
    const { requestId, state } = await events.track(EVENT);
    expect(state).toBe('durable');
    await expect(test.current.queue().getJob(requestId)).resolves.toBeDefined();
    expect(events.stats()).toMatchObject({ accepted: 1, stored: 1, pending: 0, failed: 0 });
  });

  it('is given for each of several events, and each is a job of its own', async () => {
    const { events } = await test.current.start({ role: 'producer' });
    const receipts = await events.trackMany(eventsOf(30));
    expect(receipts.every(({ state }) => state === 'durable')).toBe(true);
    const jobs = await test.current.queue().getJobs();
    expect(new Set(jobs.map(({ id }) => id))).toEqual(new Set(receipts.map(({ requestId }) => requestId)));
    expect(events.stats()).toMatchObject({ accepted: 30, stored: 30, pending: 0 });
  });

  it('stands for the bytes that are sent, whatever becomes of the event object', async () => {
    const { events } = await test.current.start();
    const event = { ...EVENT, eventData: { Price: 1 } };
    const receipt = events.track(event);
    event.eventData.Price = 2;
    const { requestId } = await receipt;
    await test.current.server.received(1);
    const [call] = test.current.server.calls;
    expect(call).toMatchObject({ requestId, events: [{ eventData: { Price: 1 } }] });
  });

  it('tells of a job that holds the bytes, and has been through nothing', async () => {
    const { events } = await test.current.start({ role: 'producer' });
    const { requestId } = await events.track(EVENT);
    const { data, name } = await test.current.job(requestId);
    expect(name).toBe(EVENT.eventName);
    expect(data).toMatchObject({ version: 1, kind: 'single', events: [{ requestId }] });
    expect(JSON.parse(data.events[0]?.json ?? '')).toMatchObject(EVENT);
    expect(data).not.toHaveProperty('history');
    expect(data).not.toHaveProperty('isUnderWay');
  });

  it('outlives the process that gave it: the next one delivers', async () => {
    const { app, events } = await test.current.start({ role: 'producer' });
    await events.trackMany(eventsOf(5));
    await app.close();
    const next = await test.current.start({ role: 'worker' });
    await until('all arrived', () => next.delivered.length === 5);
    expect(test.current.server.ingested).toHaveLength(5);
    expect(next.events.stats()).toMatchObject({ accepted: 0, fetched: 5, delivered: 5, pending: 0 });
  });

  it('leaves nothing of a delivered event in Redis', async () => {
    const { events, delivered } = await test.current.start();
    const { requestId } = await events.track(EVENT);
    await until('it arrived', () => delivered.length === 1);
    await test.current.delivered();
    await expect(test.current.redis.keys(`${test.current.prefix}:*${requestId}*`)).resolves.toEqual([]);
    expect(events.stats()).toMatchObject({ accepted: 1, stored: 1, fetched: 1, delivered: 1, pending: 0 });
  });
});
