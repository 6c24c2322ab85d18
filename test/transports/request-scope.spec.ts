import { Controller, Inject, Injectable, Scope } from '@nestjs/common';
import { Query, Resolver } from '@nestjs/graphql';
import { MessagePattern } from '@nestjs/microservices';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { describe, expect, it } from '@jest/globals';
import { TrackEvent, type TrackEventContext } from 'nestjs-webengage';
import { expectNoUnobservedErrors } from '../support/unobserved-errors.js';
import { startGraphqlApp } from './graphql/graphql-app.js';
import { setups, startRpcApp } from './rpc/rpc-app.js';
import { outcomeOf } from './support/transport-app.js';
import { startGatewayApp } from './websockets/gateway-app.js';

const tracked = () =>
  TrackEvent('Counted', {
    userId: 'johndoe',
    eventData: ({ result }: TrackEventContext<number>) => ({ Count: result }),
  });

/** There is one for each call. */
@Injectable({ scope: Scope.REQUEST })
class Counter {
  private count = 0;

  next(): number {
    return ++this.count;
  }
}

@Resolver()
class Counters {
  constructor(@Inject(Counter) private readonly counter: Counter) {}

  @Query() @tracked() count(): number {
    return this.counter.next();
  }
}

@Controller()
class CounterController {
  constructor(@Inject(Counter) private readonly counter: Counter) {}

  @MessagePattern('count') @tracked() count(): number {
    return this.counter.next();
  }
}

@WebSocketGateway()
class CounterGateway {
  constructor(@Inject(Counter) private readonly counter: Counter) {}

  @SubscribeMessage('count') @tracked() count(): number {
    return this.counter.next();
  }
}

const counted = { userId: 'johndoe', eventName: 'Counted', eventData: { Count: 1 } };

expectNoUnobservedErrors();

describe('a decorated handler of a class that is made for each request', () => {
  it('makes its event over GraphQL', async () => {
    const app = await startGraphqlApp('type Query { count: Int! }', { providers: [Counter, Counters] });
    const outcome = await app.outcomeOf(async () => [await app.query('{ count }'), await app.query('{ count }')]);

    expect(outcome.value.map(({ body }) => body)).toEqual(Array(2).fill('{"data":{"count":1}}\n'));
    expect(outcome.events).toEqual([counted, counted]);
    await app.close();
  });

  it.each(setups)('makes its event in %s', async (setup) => {
    const app = await startRpcApp(setup, { providers: [Counter], controllers: [CounterController] });
    const outcome = await outcomeOf(app, async () => [await app.ask('count'), await app.ask('count')]);

    expect(outcome.value).toEqual(Array(2).fill([{ kind: 'N', value: 1 }, { kind: 'C' }]));
    expect(outcome.events).toEqual([counted, counted]);
    await app.close();
  });

  it('makes its event in a gateway', async () => {
    const app = await startGatewayApp('Express', { providers: [Counter, CounterGateway] });
    const outcome = await app.outcomeOf(async () => {
      const client = await app.connect();
      client.send('count');
      return (await client.received(1))[0];
    });

    expect(outcome.value).toBe('1');
    expect(outcome.events).toEqual([counted]);
    await app.close();
  });
});
