import { expect, it } from '@jest/globals';
import { BAD_REQUEST, QUEUED, type ReceivedCall, type Reply } from '../../support/answering-server.js';
import { describeWithRedis, eventsOf, useBullMqTracking } from '../support/bullmq-tracking.js';
import { watchBooks } from '../support/books.js';
import { until } from '../support/until.js';

const BULK = { bulk: 'always' } as const;
const BAD = 3;

const isBad = ({ events }: ReceivedCall): boolean => events.some(({ eventData }) => eventData?.number === BAD);
const refuseBad = (call: ReceivedCall): Reply => (isBad(call) ? BAD_REQUEST : QUEUED);

describeWithRedis('a chunk that WebEngage refuses with 400', () => {
  const test = useBullMqTracking();

  it('is split until the bad event is alone: the others arrive once, and it fails', async () => {
    test.current.server.reply = refuseBad;
    const { events, delivered, failed } = await test.current.start(BULK);
    const books = watchBooks(events);
    const receipts = await events.trackMany(eventsOf(9));
    await until('all ended', () => delivered.length + failed.length === 9);
    const arrived = test.current.server.ingested.map(({ eventData }) => eventData?.number as number);
    expect(arrived.sort()).toEqual([0, 1, 2, 4, 5, 6, 7, 8]);
    expect(failed).toMatchObject([
      { requestId: receipts[BAD]?.requestId, reason: 'refused by WebEngage', status: 400, outcomeUnknown: false },
    ]);
    expect(events.stats()).toMatchObject({ accepted: 9, delivered: 8, failed: 1, pending: 0 });
    books.expectInOrder();
  });

  it('leaves its last event to go by itself, under the id of its receipt', async () => {
    test.current.server.reply = refuseBad;
    const { events, failed } = await test.current.start(BULK);
    const receipts = await events.trackMany(eventsOf(4));
    await until('it failed', () => failed.length === 1);
    const single = test.current.server.calls.filter(({ isBulk }) => !isBulk);
    expect(single.find(isBad)?.requestId).toBe(receipts[BAD]?.requestId);
  });

  it('is split into the same calls by whoever does it', async () => {
    const producer = await test.current.start({ ...BULK, role: 'producer' });
    await producer.events.trackMany(eventsOf(8));
    const [job] = await test.current.queue('bulk').getJobs();
    if (!job) throw new Error('There is no job');
    test.current.server.reply = refuseBad;
    const idsSent = async (): Promise<string[]> => {
      const { app, events, delivered, failed } = await test.current.start({ role: 'worker' });
      await until('all ended', () => delivered.length + failed.length === 8);
      expect(events.stats().pending).toBe(0);
      await app.close();
      return test.current.server.calls.splice(0).map(({ requestId }) => requestId);
    };
    const first = await idsSent();
    for (const kind of ['single', 'bulk'] as const) await test.current.queue(kind).obliterate({ force: true });
    await test.current.queue('bulk').add(job.name, job.data, { jobId: job.id ?? '' });
    const second = await idsSent();
    expect(new Set(second)).toEqual(new Set(first));
  });

  it('does not duplicate, or fail, its good events when a crash comes between its parts and its own end', async () => {
    const producer = await test.current.start({ ...BULK, role: 'producer' });
    await producer.events.trackMany(eventsOf(8));
    const queue = test.current.queue('bulk');
    const [parent] = await queue.getJobs();
    if (!parent?.id) throw new Error('There is no job');
    // What it looks like while its parts are added: marked as split, after a definite answer.
    let mark: (typeof parent)['data'] | undefined;
    test.current.server.reply = async (call) => {
      if (call.requestId === parent.id) mark = (await test.current.job(parent.id ?? '', 'bulk')).data;
      return refuseBad(call);
    };
    const { app, failed } = await test.current.start({ role: 'worker', concurrency: 1, shutdownTimeout: 50 });
    await until('the good ones arrived', () => test.current.server.ingested.length === 7);
    await test.current.delivered('bulk');
    await test.current.delivered('single');
    await app.close();
    if (!mark) throw new Error('The chunk was not sent');
    const { version, kind, events, history } = mark;
    const split = { version, kind, events, ...(history && { history }), isSplit: true as const };
    await queue.add(parent.name, split, { jobId: parent.id });
    const next = await test.current.start({ role: 'worker' });
    await test.current.delivered('bulk');
    await test.current.delivered('single');
    const idsOf = new Map<unknown, Set<string>>();
    for (const { events, requestId } of test.current.server.calls.filter((call) => !isBad(call))) {
      for (const { eventData } of events) {
        idsOf.set(eventData?.number, new Set([...(idsOf.get(eventData?.number) ?? []), requestId]));
      }
    }
    expect([...idsOf.values()].map(({ size }) => size)).toEqual(Array.from({ length: 7 }, () => 1));
    expect([...failed, ...next.failed].map(({ event }) => event.eventData?.number)).toEqual([BAD]);
  });
});
