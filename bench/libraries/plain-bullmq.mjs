import { randomUUID } from 'node:crypto';
import { EVENT_NAME } from '../support/example-event.mjs';
import { importAxios, importFromRoot } from '../support/root-packages.mjs';
import { TUNED } from './axios-loops.mjs';
import { HEADERS, keepAliveAgent } from './bare-loop.mjs';
import { CONCURRENCY } from './webengage.mjs';

const TIMEOUT = 10_000;
/** As much of a limiter as ours has, so that BullMQ does the same work for it: it never limits. */
const LIMITER = { max: 1e9, duration: 1_000 };
/** An event without its time would be dated when it is delivered. */
const EVENT_TIME = '2018-09-15T18:29:00-0800';

/** What a careful team would write itself: a job for each event, and a worker that posts it. */
function plain(name, queueName, post, axiosSettings) {
  return {
    name,
    packageName: 'bullmq',
    settings: `one event a job and a call, ${CONCURRENCY} calls at a time, a limiter, a keep-alive agent, ${post}`,
    async open({ origin, redis, role }) {
      const { Queue, Worker } = await importFromRoot('bullmq');
      const connection = { url: redis, maxRetriesPerRequest: null };
      const queue = new Queue(queueName, { connection });
      const axios = (await importAxios()).create({ httpAgent: keepAliveAgent(), headers: HEADERS, ...axiosSettings });
      const url = `${origin}/v1/accounts/bench/events`;
      let delivered = 0;
      const deliver = async ({ id, data }) => {
        await axios.post(url, data, { headers: { 'x-request-id': id } });
        delivered++;
      };
      const settings = { connection, concurrency: CONCURRENCY, limiter: LIMITER };
      const worker = role === 'producer' ? undefined : new Worker(queueName, deliver, settings);
      await Promise.all([queue.waitUntilReady(), worker?.waitUntilReady()]);
      return {
        track(userId, eventData) {
          const event = { userId, eventName: EVENT_NAME, eventTime: EVENT_TIME, eventData };
          return queue.add(EVENT_NAME, event, { jobId: randomUUID(), removeOnComplete: true });
        },
        delivered: () => delivered,
      };
    },
  };
}

export const plainBullMq = plain('plain BullMQ', 'plain', 'axios defaults', { timeout: TIMEOUT });

export const plainBullMqTuned = plain('plain BullMQ, tuned', 'plain-tuned', 'no redirects, text answers', {
  ...TUNED,
  transformRequest: [(data) => JSON.stringify(data)],
  timeout: TIMEOUT,
});
