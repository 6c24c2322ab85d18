import { expect, it } from '@jest/globals';
import { ShutDownError } from 'nestjs-webengage';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';
import { EVENT, eventsOf } from '../support/bullmq-tracking.js';
import { watchBooks } from '../support/books.js';
import { describeWithOwnRedis, useOwnRedis } from '../support/own-redis.js';
import { connectionsTo } from '../support/redis-clients.js';
import { pause, until } from '../support/until.js';

/** More than any shutdown of these tests may take: its bound is twice 300 ms. */
const BOUND = 5_000;
const SHUTDOWN = { shutdownTimeout: 300 };

describeWithOwnRedis('the shutdown', () => {
  const own = useOwnRedis();
  expectNoUnobservedErrors();

  /** Whether the application closed within its bound. */
  const closes = (app: { close(): Promise<void> }): Promise<boolean> =>
    Promise.race([app.close().then(() => true), pause(BOUND).then(() => false)]);

  it('closes every connection', async () => {
    const before = await connectionsTo(own.test.current.redis);
    const { app, events, delivered } = await own.test.current.start();
    await events.trackMany(eventsOf(20));
    await until('all arrived', () => delivered.length === 20);
    await app.close();
    await until('they are closed', async () => (await connectionsTo(own.test.current.redis)) === before);
  });

  it('takes no event any more', async () => {
    const { app, events } = await own.test.current.start(SHUTDOWN);
    await app.close();
    await expect(events.track(EVENT)).rejects.toBeInstanceOf(ShutDownError);
  });

  it('lets calls under way end', async () => {
    const { app, events, delivered } = await own.test.current.start();
    own.test.current.server.reply = async () => {
      await pause(150);
      return { status: 201, body: '{"response":{"status":"queued"}}' };
    };
    await events.track(EVENT);
    await own.test.current.server.received(1);
    await app.close();
    expect(delivered).toHaveLength(1);
    await expect(own.test.current.unfinished()).resolves.toBe(0);
  });

  it('begins no call while it waits for others', async () => {
    const { app, events } = await own.test.current.start({ concurrency: 1 });
    own.test.current.server.reply = async () => {
      await pause(100);
      return { status: 201, body: '{"response":{"status":"queued"}}' };
    };
    await events.trackMany(eventsOf(10));
    await own.test.current.server.received(1);
    await app.close();
    expect(own.test.current.server.calls.length).toBeLessThanOrEqual(2);
    await expect(own.test.current.unfinished()).resolves.toBe(10 - own.test.current.server.calls.length);
  });

  it('puts back what WebEngage does not answer, with what it has been through', async () => {
    own.test.current.server.reply = () => 'hang';
    const { app, events, failed } = await own.test.current.start(SHUTDOWN, { timeout: 60_000 });
    const books = watchBooks(events);
    const { requestId } = await events.track(EVENT);
    await own.test.current.server.received(1);
    await expect(closes(app)).resolves.toBe(true);
    books.expectInOrder();
    expect(failed).toEqual([]);
    expect(events.stats()).toMatchObject({ accepted: 1, stored: 2, fetched: 1, pending: 0 });
    const { data } = await own.test.current.job(requestId);
    expect(data).toMatchObject({ history: { attempts: 1, countedAttempts: 0, outcomeUnknown: true } });
    expect(data).not.toHaveProperty('isUnderWay');
    own.test.current.server.next();
    const next = await own.test.current.start();
    await until('the next process delivers it', () => next.delivered.length === 1);
    expect(own.test.current.server.calls.map((call) => call.requestId)).toEqual([requestId, requestId]);
  });

  it('ends when Redis does not answer, and leaves no connection', async () => {
    const { app, events } = await own.test.current.start(SHUTDOWN);
    await events.track(EVENT);
    own.redis.freeze();
    await expect(closes(app)).resolves.toBe(true);
    own.redis.thaw();
    await until('they are closed', async () => (await connectionsTo(own.test.current.redis)) === 1);
  });

  it('ends when Redis is away', async () => {
    const { app, events } = await own.test.current.start(SHUTDOWN);
    await events.track(EVENT);
    await own.redis.kill();
    await expect(closes(app)).resolves.toBe(true);
  });

  it('ends when Redis never was there', async () => {
    await own.redis.kill();
    const { app } = await own.test.current.start(SHUTDOWN);
    await expect(closes(app)).resolves.toBe(true);
  });

  it('ends, and leaves the lead, while calls are held back', async () => {
    own.test.current.server.reply = () => ({ status: 401 });
    const { app, events } = await own.test.current.start(SHUTDOWN);
    await events.trackMany(eventsOf(5));
    const { redis, prefix, queueName } = own.test.current;
    await until('they are held', async () => (await redis.exists(`${prefix}:${queueName}:hold`)) === 1);
    await expect(closes(app)).resolves.toBe(true);
    await expect(redis.exists(`${prefix}:${queueName}:hold`)).resolves.toBe(0);
    await expect(own.test.current.unfinished()).resolves.toBe(5);
  });

  it('fails what Redis did not take, and says so', async () => {
    const options = { ...SHUTDOWN, whenUnavailable: 'memory', enqueueTimeout: 50 } as const;
    const { app, events, failed } = await own.test.current.start(options);
    const books = watchBooks(events);
    // On a busy machine the connection may take longer than an event waits for it.
    await until('Redis takes what comes', async () => (await events.track(EVENT)).state === 'durable');
    const isDone = async () => (await own.test.current.unfinished()) === 0 && events.stats().pending === 0;
    await until('all of it is delivered', isDone);
    own.redis.freeze();
    await events.trackMany(eventsOf(3));
    await expect(closes(app)).resolves.toBe(true);
    expect(failed).toMatchObject(Array.from({ length: 3 }, () => ({ reason: 'shut down', outcomeUnknown: true })));
    expect(events.stats()).toMatchObject({ pending: 0 });
    books.expectInOrder();
  });
});
