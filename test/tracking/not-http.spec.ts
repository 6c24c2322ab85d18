import { type INestApplicationContext, Injectable } from '@nestjs/common';
import { ExternalContextCreator } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventsService, TrackEvent, type TrackEventContext, WebEngageModule } from 'nestjs-webengage';
import { WebEngageSandbox } from 'nestjs-webengage/sandbox';
import { of } from 'rxjs';
import { counts, credentials, shapeOf } from '../support/http-apps.js';
import { RecordingLogger } from '../support/recording-logger.js';
import { expectNoUnobservedErrors } from '../support/unobserved-errors.js';

const throwing = (): never => {
  throw new Error('this mapper is broken');
};
const eventData = ({ result }: TrackEventContext) => ({ Result: String(result) });

@Injectable()
class Handlers {
  @TrackEvent('Handled', { eventData }) async value(..._args: unknown[]): Promise<string> {
    return 'answer';
  }

  @TrackEvent('Handled', { eventData }) nothing(..._args: unknown[]): void {}

  @TrackEvent('Handled', { eventData }) async observable(..._args: unknown[]): Promise<unknown> {
    return of('one', 'two', 'three');
  }

  @TrackEvent('Handled', { eventData }) failing(..._args: unknown[]): never {
    throw new Error('this handler is broken');
  }

  @TrackEvent('Handled', { eventData: throwing }) failingMapper(..._args: unknown[]): string {
    return 'answer';
  }

  @TrackEvent('Handled', { userId: async () => throwing() }) rejectingMapper(..._args: unknown[]): string {
    return 'answer';
  }

  @TrackEvent('Handled', { userId: 'johndoe', account: 'mars' }) noSuchAccount(..._args: unknown[]): string {
    return 'answer';
  }
}

const user = { id: 42 };
const unreadable = {
  get user(): never {
    return throwing();
  },
};

/** The arguments with which each transport calls a handler on behalf of the user. */
const transports: [type: string, args: unknown[]][] = [
  ['ws', [{ user }, { text: 'a message' }, 'pattern']],
  ['rpc', [{ text: 'a message' }, { user }]],
  ['graphql', [{}, {}, { req: { user } }, {}]],
];

/** Arguments in which no user can be found or read, and a transport that the library does not know. */
const strange: [type: string, what: string, args: () => unknown[], count: 'skipped' | 'refused'][] = [
  ['ws', 'without arguments', () => [], 'skipped'],
  ['ws', 'without a client', () => [undefined, 'data'], 'skipped'],
  ['ws', 'with a client that cannot be read', () => [unreadable], 'refused'],
  ['rpc', 'without arguments', () => [], 'skipped'],
  ['rpc', 'without a context', () => [{ text: 'a message' }, null], 'skipped'],
  ['rpc', 'with a context that cannot be read', () => [{}, unreadable], 'refused'],
  ['graphql', 'without arguments', () => [], 'skipped'],
  ['graphql', 'without a context', () => [{}, {}, null, {}], 'skipped'],
  ['graphql', 'without a request', () => [{}, {}, { req: null }], 'skipped'],
  ['graphql', 'with a request that cannot be read', () => [{}, {}, { req: unreadable }], 'refused'],
  ['telegram', 'which is unknown', () => [{ user }], 'skipped'],
];

expectNoUnobservedErrors();

describe('a decorated handler that does not answer HTTP', () => {
  let sandbox: WebEngageSandbox;
  let app: INestApplicationContext;

  beforeAll(async () => {
    sandbox = await WebEngageSandbox.start();
    const imports = [WebEngageModule.forRoot({ ...credentials, host: sandbox.url })];
    const builder = Test.createTestingModule({ imports, providers: [Handlers] }).setLogger(new RecordingLogger());
    app = await (await builder.compile()).init();
  });

  afterAll(async () => {
    await app.close();
    await sandbox.close();
  });

  /** Calls a handler as a transport would, through the interceptors that Nest finds for it. */
  async function call(handler: keyof Handlers, type: string, args: unknown[]) {
    const events = app.get(EventsService);
    const [before, ingestedBefore] = [events.stats(), sandbox.events().length];
    const instance = app.get(Handlers);
    const method = instance[handler];
    const creator = app.get(ExternalContextCreator);
    const handle = creator.create(
      instance,
      method,
      handler,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      type,
    );
    const [answer] = await Promise.allSettled([handle(...args) as Promise<unknown>]);
    await events.flush();
    const { accepted, delivered, skipped, refused } = events.stats();
    return {
      answer,
      events: sandbox.events().slice(ingestedBefore).map(shapeOf),
      counts: counts({
        accepted: accepted - before.accepted,
        delivered: delivered - before.delivered,
        skipped: skipped - before.skipped,
        refused: refused - before.refused,
      }),
    };
  }

  describe.each(transports)('but %s', (type, args) => {
    it.each([
      ['value', 'answer'],
      ['nothing', undefined],
      ['observable', 'three'],
    ] as const)('%s: is tracked for the user of the transport', async (handler, value) => {
      const outcome = await call(handler, type, args);

      expect(outcome.answer).toEqual({ status: 'fulfilled', value });
      expect(outcome.events).toEqual([{ userId: '42', eventName: 'Handled', eventData: { Result: String(value) } }]);
      expect(outcome.counts).toEqual(counts({ accepted: 1, delivered: 1 }));
    });

    it('fails as it would without the decorator, and makes no event', async () => {
      const outcome = await call('failing', type, args);

      expect(outcome.answer).toMatchObject({ status: 'rejected', reason: { message: 'this handler is broken' } });
      expect(outcome.counts).toEqual(counts({}));
    });

    it.each(['failingMapper', 'rejectingMapper'] as const)('%s: answers all the same', async (handler) => {
      const outcome = await call(handler, type, args);

      expect(outcome.answer).toEqual({ status: 'fulfilled', value: 'answer' });
      expect(outcome.counts).toEqual(counts({ refused: 1 }));
    });

    it('answers all the same where there is no such account', async () => {
      const outcome = await call('noSuchAccount', type, args);

      expect(outcome.answer).toEqual({ status: 'fulfilled', value: 'answer' });
      expect(outcome.counts).toEqual(counts({}));
    });
  });

  it.each(strange)('but %s %s: answers all the same', async (type, _what, args, count) => {
    const outcome = await call('value', type, args());

    expect(outcome.answer).toEqual({ status: 'fulfilled', value: 'answer' });
    expect(outcome.events).toEqual([]);
    expect(outcome.counts).toEqual(counts({ [count]: 1 }));
  });
});
