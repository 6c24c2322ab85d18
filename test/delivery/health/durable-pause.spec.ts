import { it } from '@jest/globals';
import { describeWithRedis, EVENT, useBullMqTracking } from '../../bullmq/support/bullmq-tracking.js';
import { until } from '../../bullmq/support/until.js';
import { QUEUED, type Reply } from '../../support/answering-server.js';

describeWithRedis('the pause of durable delivery is over', () => {
  const test = useBullMqTracking();
  let reply: Reply;

  async function startPaused() {
    reply = { status: 401 };
    test.current.server.reply = () => reply;
    const application = await test.current.start();
    await application.events.track(EVENT);
    await until('delivery is paused', () => application.events.health().pausedReason === 'access refused');
    return application;
  }

  it('when the account is let in, but over its quota, and after that', async () => {
    const { events, delivered } = await startPaused();
    const calls = test.current.server.calls.length;
    reply = { status: 429 };
    await test.current.server.received(calls + 1);
    reply = QUEUED;
    await until('it arrived', () => delivered.length === 1);
    await until('it is over', () => events.health().pausedReason === undefined);
  });

  it('when nothing is left to send', async () => {
    const { events } = await startPaused();
    await until('it waits', async () => (await test.current.queue().getJobCountByTypes('active')) === 0);
    await test.current.queue().obliterate({ force: true });
    await until('it is over', () => events.health().pausedReason === undefined);
  });
});
