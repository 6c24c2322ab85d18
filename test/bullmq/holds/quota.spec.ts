import { expect, it } from '@jest/globals';
import { describeWithRedis, eventsOf, useBullMqTracking } from '../support/bullmq-tracking.js';
import { turnAway } from '../support/held-calls.js';
import { until } from '../support/until.js';

describeWithRedis('when the quota is used up', () => {
  const test = useBullMqTracking();

  it('nobody calls for as long as WebEngage asks, and no event is lost', async () => {
    const held = turnAway(test.current, { status: 429, headers: { 'Retry-After': '2' } });
    const processes = [await test.current.start(), await test.current.start()];
    const [{ events } = processes[0]] = processes as [(typeof processes)[0]];
    await events.trackMany(eventsOf(60));
    await until('it is tried again', () => held.turnedAwayAt.some((at) => at > 1_000));
    held.letIn();
    await until('all arrived', () => test.current.server.ingested.length === 60);
    expect(held.turnedAwayAt.filter((at) => at > 500 && at < 1_900)).toEqual([]);
    expect(processes.flatMap(({ failed }) => failed)).toEqual([]);
    const warnings = processes.flatMap(({ logger }) => logger.at('warn'));
    expect(warnings.filter((text) => text.includes('quota is used up'))).toHaveLength(1);
  });

  it('a call that was turned away has used no attempt', async () => {
    const held = turnAway(test.current, { status: 429 });
    const { events, delivered, failed } = await test.current.start({}, { retry: { maxAttempts: 1 } });
    await events.trackMany(eventsOf(3));
    await until('it is tried again', () => held.turnedAwayAt.some((at) => at > 900));
    held.letIn();
    await until('all arrived', () => delivered.length === 3);
    expect(failed).toEqual([]);
  });

  it('calls start no faster than the quota allows, all processes together', async () => {
    const quota = { single: 11, interval: 1_000 };
    const processes = [await test.current.start({ quota }), await test.current.start({ quota })];
    const times: number[] = [];
    test.current.server.reply = () => {
      times.push(performance.now());
      return { status: 201, body: '{"response":{"status":"queued"}}' };
    };
    await processes[0]?.events.trackMany(eventsOf(22));
    await until('all arrived', () => test.current.server.ingested.length === 22);
    // The network may bring calls closer together, so a little less than the interval is looked at.
    const most = Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 900).length));
    expect(most).toBeLessThanOrEqual(quota.single);
  });
});
