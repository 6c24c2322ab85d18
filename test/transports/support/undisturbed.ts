import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventsService, TrackEvent, type TrackEventOptions, type WebEngageModuleOptions } from 'nestjs-webengage';
import { AnsweringServer, type Reply } from '../../support/answering-server.js';
import { counts } from '../../support/http-apps.js';
import { type StartTransport, type TransportApp, untracked } from './transport-app.js';

const throwing = (): never => {
  throw new Error('this mapper is broken');
};
const rejecting = async (): Promise<never> => {
  await new Promise((resolve) => setImmediate(resolve));
  throw new Error('this mapper is broken');
};
const neverSettling = () => new Promise<never>(() => undefined);

const mapperFaults: [what: string, options: TrackEventOptions][] = [
  ['throws', { userId: 'johndoe', eventData: throwing }],
  ['rejects', { userId: 'johndoe', eventData: rejecting }],
  ['throws while another rejects', { userId: throwing, eventData: rejecting }],
];

const webEngageFaults: [what: string, reply: Reply, fate: 'failed' | 'pending'][] = [
  ['answers 500', { status: 500 }, 'failed'],
  ['resets the connection', 'reset', 'failed'],
  ['does not answer', 'hang', 'pending'],
];

/** The tests, for any transport, of what a client receives while tracking fails. */
export function describeUndisturbed(transport: string, start: StartTransport): void {
  describe(`what a client receives over ${transport}`, () => {
    let webEngage: AnsweringServer;
    let started: TransportApp[];

    beforeEach(async () => {
      webEngage = await AnsweringServer.start();
      started = [];
    });

    afterEach(async () => {
      for (const { close } of started) await close();
      await webEngage.close();
    });

    /** Asks an undecorated handler and a decorated one, and resolves with the application of the latter. */
    async function expectEqual(options: TrackEventOptions, module: Partial<WebEngageModuleOptions> = {}) {
      const plain = await start(untracked);
      started.push(plain);
      const given: Partial<WebEngageModuleOptions> = {
        host: webEngage.url,
        retry: { maxAttempts: 2, minDelay: 1, maxDelay: 1 },
        delivery: { mode: 'background', shutdownTimeout: 1 },
        ...module,
      };
      const decorated = await start((eventName) => TrackEvent(eventName, options), given);
      started.push(decorated);
      const expected = await plain.ask('value');
      expect(await decorated.ask('value')).toEqual(expected);
      return decorated.app.get(EventsService);
    }

    it.each(mapperFaults)('does not depend on a mapper that %s', async (_what, options) => {
      const events = await expectEqual(options);
      await events.flush();

      expect(events.stats()).toEqual(counts({ refused: 1 }));
    });

    it('does not wait for a mapper that never settles', async () => {
      const events = await expectEqual({ userId: 'johndoe', eventData: neverSettling });

      expect(events.stats()).toEqual(counts({ evaluating: 1 }));
    });

    it.each(webEngageFaults)('does not depend on a WebEngage that %s', async (_what, reply, fate) => {
      webEngage.reply = () => reply;
      const events = await expectEqual({ userId: 'johndoe' });
      if (fate === 'failed') await events.flush();
      else await webEngage.received(1);

      expect(events.stats()).toEqual(counts({ accepted: 1, [fate]: 1 }));
    });

    it('does not depend on a WebEngage that is switched off', async () => {
      const events = await expectEqual({ userId: 'johndoe' }, { enabled: false });
      await events.flush();

      expect(events.stats()).toEqual(counts({ skipped: 1 }));
      expect(webEngage.calls).toEqual([]);
    });
  });
}
