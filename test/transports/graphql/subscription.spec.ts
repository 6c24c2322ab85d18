import type { Type } from '@nestjs/common';
import { Args, Query, Resolver, Subscription } from '@nestjs/graphql';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createClient, type FormattedExecutionResult } from 'graphql-ws';
import { TrackEvent } from 'nestjs-webengage';
import { WebSocket } from 'ws';
import { counts } from '../../support/http-apps.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';
import { type Track, untracked } from '../support/transport-app.js';
import { type GraphqlApp, startGraphqlApp } from './graphql-app.js';

const SCHEMA = 'type Query { unused: Int } type Subscription { countdown(from: Int!): Int!, refused: Int! }';

/** How many countdowns have come to their end, or were left. */
let ended = 0;

function counters(Track: Track): Type {
  @Resolver()
  class Counters {
    @Query() unused(): null {
      return null;
    }

    @Subscription() @Track('countdown') async *countdown(@Args('from') from: number): AsyncGenerator<unknown> {
      try {
        for (let countdown = from; countdown > 0; countdown--) yield { countdown };
      } finally {
        ended++;
      }
    }

    @Subscription() @Track('refused') refused(): never {
      throw new Error('not for you');
    }
  }
  return Counters;
}

expectNoUnobservedErrors();

describe('a decorated subscription', () => {
  const apps: GraphqlApp[] = [];

  afterEach(async () => {
    for (const app of apps.splice(0)) await app.close();
  });

  async function start(track: Track): Promise<GraphqlApp> {
    const subscriptions = { 'graphql-ws': true };
    apps.push(await startGraphqlApp(SCHEMA, { providers: [counters(track)] }, {}, { subscriptions }));
    return apps.at(-1)!;
  }

  const tracked: Track = (eventName) => TrackEvent(eventName, { userId: 'johndoe' });

  /** Subscribes, takes so many results at most, and leaves. */
  async function results(
    app: GraphqlApp,
    query: string,
    most = Infinity,
  ): Promise<FormattedExecutionResult<Record<string, unknown>, unknown>[]> {
    const url = `${app.url.replace('http', 'ws')}/graphql`;
    const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0 });
    const taken: FormattedExecutionResult<Record<string, unknown>, unknown>[] = [];
    for await (const result of client.iterate({ query })) {
      taken.push(result);
      if (taken.length >= most) break;
    }
    await client.dispose();
    return taken;
  }

  it('makes one event, when it is made, and none for each value', async () => {
    const document = 'subscription { countdown(from: 3) }';
    const expected = await results(await start(untracked), document);
    const app = await start(tracked);
    const outcome = await app.outcomeOf(() => results(app, document));

    expect(expected).toHaveLength(3);
    expect(outcome.value).toEqual(expected);
    expect(outcome.events).toEqual([{ userId: 'johndoe', eventName: 'countdown', eventData: {} }]);
  });

  it('that fails makes none', async () => {
    const document = 'subscription { refused }';
    const expected = await results(await start(untracked), document);
    const app = await start(tracked);
    const outcome = await app.outcomeOf(() => results(app, document));

    expect(expected).toMatchObject([{ errors: [{ message: 'not for you' }] }]);
    expect(outcome.value).toEqual(expected);
    expect(outcome.counts).toEqual(counts({}));
  });

  it('ends when its client leaves', async () => {
    const app = await start(tracked);
    const before = ended;
    const outcome = await app.outcomeOf(() => results(app, 'subscription { countdown(from: 1000000) }', 2));
    while (ended === before) await new Promise((resolve) => setImmediate(resolve));

    expect(outcome.value).toHaveLength(2);
    expect(outcome.counts).toEqual(counts({ accepted: 1, delivered: 1 }));
  }, 30_000);
});
