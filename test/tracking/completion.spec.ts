import { AsyncLocalStorage } from 'node:async_hooks';
import { Controller, Get, Req, UseInterceptors } from '@nestjs/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Mappable, TrackEvent, type TrackEventContext, type UserRef } from 'nestjs-webengage';
import { map, tap, timer } from 'rxjs';
import { counts, platforms, startTrackedApp, type TrackedApp } from '../support/http-apps.js';
import { expectNoUnobservedErrors } from '../support/unobserved-errors.js';

interface Answer {
  price: number;
}
interface SignedInRequest {
  user: { id: string } | undefined;
}
type Context = TrackEventContext<Answer, SignedInRequest>;

const store = new AsyncLocalStorage<{ tenant: string }>();
const tenant = () => store.getStore()?.tenant ?? 'lost';
/** What the mappers of the routes were called with. */
const contexts: Context[] = [];
/** What the handler of a route was called with, and what it answered. */
let handled: { readonly request: unknown; readonly result: Answer } | undefined;

/** Reads its argument at once, and answers later. */
function later<Value>(read: (context: Context) => Value): (context: Context) => Promise<Value> {
  return async (context) => {
    const value = read(context);
    await new Promise((resolve) => setImmediate(resolve));
    return value;
  };
}

const userId = ({ request }: Context) => request.user?.id;
const eventData = ({ result }: Context) => ({ Price: result.price });
const eventName = ({ result }: Context) => `Bought for ${result.price}`;
const bought = { userId: 'johndoe', eventName: 'Bought', eventData: { Price: 39.8 } };

/** Signs in before the handler runs, and spoils the request and the answer as soon as it has completed. */
const SpoilAfterwards = () =>
  UseInterceptors({
    intercept: (context, next) => {
      const request = context.switchToHttp().getRequest<SignedInRequest>();
      request.user = { id: 'johndoe' };
      let answer: Answer | undefined;
      return next.handle().pipe(
        tap({
          next: (given: Answer) => (answer = given),
          complete: () => {
            if (request.user) request.user.id = 'somebody else';
            request.user = undefined;
            if (answer) answer.price = 0;
          },
        }),
      );
    },
  });

@Controller()
class Shop {
  @Get('at-once') @TrackEvent('Bought', { userId, eventData }) @SpoilAfterwards() atOnce(): Answer {
    return { price: 39.8 };
  }

  @Get('later')
  @TrackEvent('Bought', { userId: later(userId), eventData: later(eventData) })
  @SpoilAfterwards()
  later(): Answer {
    return { price: 39.8 };
  }

  @Get('when')
  @TrackEvent(eventName, { when: later(() => true), userId, eventData })
  @SpoilAfterwards()
  when(): Answer {
    return { price: 39.8 };
  }

  @Get('identified-later')
  @TrackEvent('Bought', { userId: later(() => null), eventData })
  @SpoilAfterwards()
  identifiedLater(): Answer {
    return { price: 39.8 };
  }

  @Get('signed-in-later')
  @TrackEvent('Bought', { userId: later(() => null), eventData })
  @SpoilAfterwards()
  signedInLater(): Answer {
    return { price: 39.8 };
  }

  @Get('store')
  @TrackEvent(tenant, { userId: later(tenant), eventData: () => ({ Tenant: tenant() }) })
  @TrackEvent(later(tenant), { anonymousId: tenant, when: () => tenant() === 'Berlin' })
  async store(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }

  @Get('store-of-observable')
  @TrackEvent(tenant, { userId: later(tenant), eventData: () => ({ Tenant: tenant() }) })
  storeOfObservable(): unknown {
    return timer(1).pipe(map(() => 'answer'));
  }

  @Get('identified-store') @TrackEvent('Bought') identifiedStore(): void {}

  @Get('contexts')
  @TrackEvent(remembering('Bought'), { userId: remembering('johndoe'), when: remembering(true) })
  contexts(@Req() request: unknown): unknown {
    contexts.splice(0);
    const result = { price: 39.8 };
    handled = { request, result };
    return result;
  }

  @Get('failing') @TrackEvent(remembering('Bought'), { userId: remembering('johndoe') }) failing(): never {
    throw new Error('out of stock');
  }
}

function remembering<Value>(value: Value): Mappable<Value> & ((context: Context) => Value) {
  return (context: Context) => {
    contexts.push(context);
    return value;
  };
}

function identify({ executionContext, request }: TrackEventContext): UserRef | undefined {
  if (executionContext.getHandler().name === 'identifiedStore') return { userId: tenant() };
  if (executionContext.getHandler().name === 'identifiedLater')
    return { userId: (request as SignedInRequest).user?.id };
  return undefined;
}

expectNoUnobservedErrors();

describe.each(platforms)('when a handler completes on %s', (platform) => {
  let app: TrackedApp;

  beforeAll(async () => {
    const inStore = (_request: unknown, _response: unknown, next: () => void) => store.run({ tenant: 'Berlin' }, next);
    const prepare: Parameters<typeof startTrackedApp>[3] = { prepare: (nest) => void nest.use(inStore) };
    app = await startTrackedApp(platform, { controllers: [Shop] }, { identify }, prepare);
  });

  beforeEach(() => void contexts.splice(0));
  afterAll(() => app.close());

  it.each(['at-once', 'later'])('%s: mappers see what is spoilt right afterwards as it was', async (route) => {
    const outcome = await app.outcomeOf(() => app.get(route));

    expect(outcome.value.body).toBe('{"price":0}');
    expect(outcome.events).toEqual([bought]);
  });

  it('they do so although `when` answers later', async () => {
    const outcome = await app.outcomeOf(() => app.get('when'));

    expect(outcome.events).toEqual([{ ...bought, eventName: 'Bought for 39.8' }]);
  });

  it.each([
    ['the identify function', 'identified-later'],
    ["the request's user", 'signed-in-later'],
  ])('%s is asked at once, although the decorator answers only later that it knows nobody', async (_who, route) => {
    const outcome = await app.outcomeOf(() => app.get(route));

    expect(outcome.events).toEqual([bought]);
  });

  it.each([
    ['store', [{ anonymousId: 'Berlin' }, { userId: 'Berlin', eventData: { Tenant: 'Berlin' } }]],
    ['store-of-observable', [{ userId: 'Berlin', eventData: { Tenant: 'Berlin' } }]],
  ])('%s: mappers run in the request’s asynchronous context', async (route, expected) => {
    const { events } = await app.outcomeOf(() => app.get(route));
    const sorted = [...events].sort((one) => (one.anonymousId === undefined ? 1 : -1));

    expect(sorted).toEqual(expected.map((event) => ({ eventData: {}, ...event, eventName: 'Berlin' })));
  });

  it('so does the identify function', async () => {
    const { events } = await app.outcomeOf(() => app.get('identified-store'));

    expect(events).toEqual([{ userId: 'Berlin', eventName: 'Bought', eventData: {} }]);
  });

  it('each mapper is called once, with the request, the result and the execution context', async () => {
    await app.outcomeOf(() => app.get('contexts'));

    expect(contexts).toHaveLength(3);
    for (const { request, result, executionContext } of contexts) {
      expect({ request, result }).toEqual(handled);
      expect(executionContext.getType()).toBe('http');
      expect(executionContext.getClass()).toBe(Shop);
      expect(executionContext.getHandler()).toBe(Shop.prototype.contexts);
    }
  });

  it('with an error, no mapper is called', async () => {
    const outcome = await app.outcomeOf(() => app.get('failing'));

    expect(outcome.value.status).toBe(500);
    expect(outcome.counts).toEqual(counts({}));
    expect(contexts).toEqual([]);
  });
});
