import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { EventsService, TrackEvent, WebEngageError } from 'nestjs-webengage';
import {
  expectTracked,
  NotTrackedError,
  TestingError,
  trackedEvents,
  WebEngageTestingModule,
} from 'nestjs-webengage/testing';
import { type HttpApp, startHttpApp } from '../support/http-apps.js';
import { RecordingLogger } from '../support/recording-logger.js';
import { addToCart, ShopModule, Stock } from './shop.js';

const EVENT_TIME = '2018-09-15T18:29:00+0000';

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}

const NOTE =
  '\n\nNote that @TrackEvent() tracks when its route is called over HTTP, not when a test calls the method itself.';

describe('expectTracked()', () => {
  let module: TestingModule;
  let events: EventsService;

  beforeEach(async () => {
    const builder = Test.createTestingModule({ imports: [WebEngageTestingModule.forRoot()] });
    module = await builder.setLogger(new RecordingLogger()).compile();
    events = module.get(EventsService);
  });

  afterEach(() => module.close());

  function track(eventName: string, eventData: object = {}, userId = '1') {
    return events.track({ userId, eventName, eventTime: EVENT_TIME, eventData: { ...eventData } });
  }

  it('returns the last event that is as expected', async () => {
    await track('Viewed', { Price: 1 });
    const { requestId } = await track('Viewed', { Price: 2 });
    await track('Viewed', { Price: 2 }, '2');
    expect(expectTracked(module, 'Viewed', { userId: '1' })).toEqual({
      requestId,
      userId: '1',
      eventName: 'Viewed',
      eventTime: EVENT_TIME,
      eventData: { Price: 2 },
    });
    expect(expectTracked(trackedEvents(module), 'Viewed', { requestId }).requestId).toBe(requestId);
    expect(expectTracked(module, expect.stringMatching(/^View/), { userId: expect.stringMatching('2') }).userId).toBe(
      '2',
    );
    expectTracked(module, 'Viewed', { eventTime: new Date('2018-09-15T18:29:00Z'), anonymousId: undefined });
  });

  it('says that there is no event at all', () => {
    expect(messageOf(() => expectTracked(module, 'Viewed'))).toBe(
      `Expected "Viewed" to be tracked, but no event was recorded.${NOTE}`,
    );
  });

  it('shows the nearest event, and the difference', async () => {
    await track('Purchased', { 'Product ID': 1337, Price: 39.8 });
    const { requestId } = await track('Added to Cart', { 'Product ID': 1337, Price: '39.8' });
    await track('Viewed');
    const match = { userId: '1', eventData: { 'Product Id': 1337, Price: 39.8 } };
    expect(messageOf(() => expectTracked(module, 'Added to Cart', match))).toBe(`\
Expected "Added to Cart" to be tracked, but none of 3 recorded events is like that.

The nearest one:
  {
    "userId": "1",
    "eventName": "Added to Cart",
    "eventTime": "2018-09-15T18:29:00+0000",
    "eventData": {
      "Product ID": 1337,
      "Price": "39.8"
    },
    "requestId": "${requestId}"
  }

It differs:
  eventData["Product Id"]: expected 1337 (Number), but it is absent; did you mean "Product ID"?
  eventData["Price"]: expected 39.8 (Number), but was "39.8" (String)`);
  });

  it('says that events were refused', async () => {
    await track('we_x').catch(() => undefined);
    expect(messageOf(() => expectTracked(module, 'Viewed'))).toBe(`\
Expected "Viewed" to be tracked, but no event was recorded.

1 event was refused:
  The event "we_x" breaks WebEngage's rules: eventName must not start with "we_", which WebEngage reserves and silently ignores, but is "we_x"`);
    await track('we_x').catch(() => undefined);
    expect(messageOf(() => expectTracked(module, 'Viewed'))).toContain('2 events were refused:');
    expect(trackedEvents(module).refusals()).toHaveLength(2);
    trackedEvents(module).clear();
    expect(trackedEvents(module).refusals()).toEqual([]);
  });

  it('names the matcher in the place of the name', () => {
    expect(messageOf(() => expectTracked(module, expect.stringMatching(/^View/)))).toBe(
      `Expected an event named StringMatching /^View/ to be tracked, but no event was recorded.${NOTE}`,
    );
  });

  it('shows long events cut', async () => {
    const attributes = (type: unknown) => Array.from({ length: 25 }, (_, index) => [`${typeof type} ${index}`, type]);
    await track('Viewed', Object.fromEntries([...attributes(1), ...attributes('x'.repeat(900)), ...attributes(true)]));
    const message = messageOf(() => expectTracked(module, 'Viewed', { userId: '2' }));
    expect(message).toContain('\n  … and 43 further lines\n');
    expect(message.split('\n').every((line) => line.length <= 163)).toBe(true);
  });

  it("throws an error of this library's, whose stack begins in the test", () => {
    const expecting = () => expectTracked(module, 'Viewed');
    expect(expecting).toThrow(NotTrackedError);
    expect(expecting).toThrow(WebEngageError);
    try {
      expecting();
    } catch (error) {
      const [firstCall] = /^ +at .*$/m.exec((error as Error).stack ?? '') ?? [];
      expect(firstCall).toContain('expect-tracked.spec.ts');
    }
  });

  it.each<[string, unknown, unknown, string]>([
    ['no name', undefined, undefined, 'eventName must be a String, as WebEngage gets it, but is undefined'],
    ['an empty name', '', undefined, 'eventName must be a String, as WebEngage gets it, but is empty'],
    ['a numeric user', 'Viewed', { userId: 1 }, 'userId must be a String, as WebEngage gets it, but is a Number'],
    [
      'a numeric time',
      'Viewed',
      { eventTime: 1 },
      'eventTime must be a Date, or a time as track() takes it, but is a Number',
    ],
    [
      'a time that is none',
      'Viewed',
      { eventTime: 'soon' },
      'eventTime must be a Date, or a time as track() takes it, but is "soon", which is none',
    ],
    [
      'null',
      'Viewed',
      { eventData: { Price: null } },
      'eventData["Price"] is expected to be null, but no event holds such a value',
    ],
    [
      'a pattern',
      'Viewed',
      { eventData: { Items: [{ Name: /x/ }] } },
      'eventData["Items"][0]["Name"] is expected to be an instance of RegExp, but no event holds such a value',
    ],
    [
      'NaN',
      'Viewed',
      { eventData: { Price: NaN } },
      'eventData["Price"] is expected to be NaN, but no event holds such a value',
    ],
    [
      'an invalid Date',
      'Viewed',
      { eventData: { At: new Date(NaN) } },
      'eventData["At"] is expected to be a Date, but no event holds such a value',
    ],
    [
      'a blank name',
      'Viewed',
      { eventData: { ' ': 1 } },
      'An attribute of eventData has a blank name: no event has such a one',
    ],
    ['a misspelt field', 'Viewed', { userID: '1' }, '"userID" is no field of an event; did you mean userId?'],
    ['an attribute', 'Viewed', { Price: 1 }, '"Price" is no field of an event; attributes belong into eventData'],
    [
      'an array of attributes',
      'Viewed',
      { eventData: [] },
      'eventData must be an object of attributes by name, but is an Array',
    ],
    ['no attributes', 'Viewed', { eventData: null }, 'eventData must be an object of attributes by name, but is null'],
    ['no object', 'Viewed', 'user', 'What is expected of the event must be an object, but is a String'],
    [
      'a matcher',
      'Viewed',
      expect.anything(),
      'What is expected of the event must be an object, but is an instance of Anything',
    ],
    [
      'an unknown account',
      'Viewed',
      { account: 'x' },
      'No events of the account "x" are recorded in this application; it has these accounts: the one without a name',
    ],
  ])('refuses to look for %s', (_what, eventName, partial, message) => {
    const expecting = () => expectTracked(module, eventName as string, partial as object);
    expect(messageOf(expecting)).toBe(message);
    expect(expecting).toThrow(TestingError);
  });

  it('refuses to look for the events of one account among those of another', () => {
    expect(() => expectTracked(trackedEvents(module), 'Viewed', { account: 'india' })).toThrow(
      'These are not the events of the account "india": use trackedEvents(app, account)',
    );
  });

  it('finds an event among 100,000', async () => {
    for (let sent = 0; sent < 100_000; sent += 1_000) {
      await events.trackMany(
        Array.from({ length: 1_000 }, (_, index) => ({
          userId: '1',
          eventName: 'Viewed',
          eventData: { ID: sent + index },
        })),
      );
    }
    expectTracked(module, 'Viewed', { eventData: { ID: 12_345 } });
    const message = messageOf(() => expectTracked(module, 'viewed', { eventData: { ID: 98_765 } }));
    expect(message).toContain('none of 100000 recorded events');
    expect(message).toContain('"ID": 98765');
  });
});

it('names the account, and what to wait for in it', async () => {
  const imports = [WebEngageTestingModule.forRoot({ account: 'india' })];
  @Controller()
  class Route {
    @Get('view')
    @TrackEvent('Viewed', { account: 'india', userId: () => new Promise<string>(() => undefined) })
    view() {
      return 'a product';
    }
  }
  const shop = await startHttpApp('Express', { imports, controllers: [Route] });
  await shop.get('view');
  expect(messageOf(() => expectTracked(shop.app, 'Viewed', { account: 'india' }))).toBe(`\
Expected "Viewed" of the account "india" to be tracked, but no event was recorded.

1 event still waits for a promise of its @TrackEvent() functions: await app.get(getEventsToken('india')).flush() first.`);
  await shop.close();
});

describe('of a decorated route it says', () => {
  let shop: HttpApp;

  beforeEach(async () => {
    const imports = [ShopModule, WebEngageTestingModule.forRoot()];
    shop = await startHttpApp('Express', { imports });
  });

  afterEach(() => shop.close());

  it('that nobody was known', async () => {
    await addToCart(shop.app, {}, '');
    expect(messageOf(() => expectTracked(shop.app, 'Added to Cart'))).toBe(`\
Expected "Added to Cart" to be tracked, but no event was recorded.

1 event was skipped: nobody is known whom it would be about, or "when" said no.`);
  });

  it('that promises are still open', async () => {
    shop.app.get(Stock, { strict: false }).look = () => new Promise(() => undefined);
    await shop.get('view');
    expect(messageOf(() => expectTracked(shop.app, 'Viewed'))).toBe(`\
Expected "Viewed" to be tracked, but no event was recorded.

1 event still waits for a promise of its @TrackEvent() functions: await app.get(EventsService).flush() first.`);
    await shop.get('view');
    expect(messageOf(() => expectTracked(shop.app, 'Viewed'))).toContain(
      '2 events still wait for a promise of their @TrackEvent() functions',
    );
  });
});
