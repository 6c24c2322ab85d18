import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventsService } from 'nestjs-webengage';
import {
  trackedEvents,
  webEngageMatchers,
  type WebEngageMatchers,
  WebEngageTestingModule,
} from 'nestjs-webengage/testing';
import { type HttpApp, startHttpApp } from '../support/http-apps.js';
import { addToCart, ShopModule, Stock } from './shop.js';

expect.extend(webEngageMatchers);

type Matchers = WebEngageMatchers<void> & { not: WebEngageMatchers<void> };
// How a project declares them is shown in docs/testing.md, whose snippets are compiled too.
const expectApp = expect as unknown as (received: unknown) => Matchers;

const PRICE = { userId: '1', eventData: { Price: 39.8 } };
let shop: HttpApp;

beforeEach(async () => {
  shop = await startHttpApp('Express', { imports: [ShopModule, WebEngageTestingModule.forRoot()] });
});

afterEach(() => shop.close());

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}

/** Leaves the event of a route waiting for a promise, and returns what ends the wait. */
async function viewWithPromise(): Promise<() => Promise<void>> {
  let settle: (left: number) => void = () => undefined;
  shop.app.get(Stock, { strict: false }).look = () => new Promise((resolve) => (settle = resolve));
  await shop.get('view');
  return async () => {
    settle(1);
    await shop.app.get(EventsService).flush();
  };
}

describe('toHaveTracked', () => {
  it('passes where an event is as expected', async () => {
    await addToCart(shop.app, { Price: 39.8, Quantity: 1 });
    expectApp(shop.app).toHaveTracked('Added to Cart');
    expectApp(shop.app).toHaveTracked('Added to Cart', PRICE);
    expectApp(trackedEvents(shop.app)).toHaveTracked('Added to Cart', { eventData: { Price: expect.any(Number) } });
    expectApp(shop.app).not.toHaveTracked('Purchased');
    expectApp(shop.app).not.toHaveTracked('Added to Cart', { eventData: { Price: 1 } });
  });

  it('fails where none is, with the nearest event and the difference', async () => {
    await addToCart(shop.app, { Price: '39.8' });
    const [{ eventTime, requestId }] = trackedEvents(shop.app).all();
    expect(messageOf(() => expectApp(shop.app).toHaveTracked('Added to Cart', PRICE))).toBe(`\
Expected "Added to Cart" to be tracked, but the only recorded event is not like that.

The nearest one:
  {
    "userId": "1",
    "eventName": "Added to Cart",
    "eventTime": "${eventTime}",
    "eventData": {
      "Price": "39.8"
    },
    "requestId": "${requestId}"
  }

It differs:
  eventData["Price"]: expected 39.8 (Number), but was "39.8" (String)`);
  });

  it('fails with .not where one is', async () => {
    await addToCart(shop.app, {});
    await addToCart(shop.app, {});
    const { eventTime, requestId } = trackedEvents(shop.app).all()[1];
    expect(messageOf(() => expectApp(shop.app).not.toHaveTracked('Added to Cart'))).toBe(`\
Expected "Added to Cart" not to be tracked, but it was, 2 times among 2 recorded events.

The last one:
  {
    "userId": "1",
    "eventName": "Added to Cart",
    "eventTime": "${eventTime}",
    "eventData": {},
    "requestId": "${requestId}"
  }`);
  });

  it('does not pass with .not while promises are open', async () => {
    const settle = await viewWithPromise();
    expect(messageOf(() => expectApp(shop.app).not.toHaveTracked('Viewed'))).toBe(`\
How often "Viewed" is tracked cannot be told yet.

1 event still waits for a promise of its @TrackEvent() functions: await app.get(EventsService).flush() first.`);
    await settle();
    expectApp(shop.app).not.toHaveTracked('Purchased');
    expectApp(shop.app).toHaveTracked('Viewed');
  });

  it.each<[unknown[], string]>([
    [[], 'eventName must be a String'],
    [['Viewed', { Price: 1 }], '"Price" is no field of an event'],
  ])('fails either way with the arguments %j', (given, message) => {
    const wrong = given as [string];
    expect(() => expectApp(shop.app).toHaveTracked(...wrong)).toThrow(message);
    expect(() => expectApp(shop.app).not.toHaveTracked(...wrong)).toThrow(message);
  });

  it.each([[undefined], [{}], [Promise.resolve()]])('fails either way where %p is no application', (received) => {
    expect(() => expectApp(received).toHaveTracked('Viewed')).toThrow('A Nest application or testing module is needed');
    expect(() => expectApp(received).not.toHaveTracked('Viewed')).toThrow(
      'A Nest application or testing module is needed',
    );
  });
});

describe('toHaveTrackedTimes', () => {
  it('counts the events that are as expected', async () => {
    expectApp(shop.app).toHaveTrackedTimes('Added to Cart', 0);
    for (const Price of [39.8, 39.8, 1]) await addToCart(shop.app, { Price });
    expectApp(shop.app).toHaveTrackedTimes('Added to Cart', 3);
    expectApp(shop.app).toHaveTrackedTimes('Added to Cart', 2, PRICE);
    expectApp(shop.app).toHaveTrackedTimes('Purchased', 0);
    expectApp(shop.app).not.toHaveTrackedTimes('Added to Cart', 2);
  });

  it('fails where there are fewer, with the nearest of the others', async () => {
    await addToCart(shop.app, { Price: 39.8 });
    await addToCart(shop.app, { Price: 1 });
    const message = messageOf(() => expectApp(shop.app).toHaveTrackedTimes('Added to Cart', 2, PRICE));
    expect(message).toMatch(
      /^Expected "Added to Cart" to be tracked 2 times, but it was once, among 2 recorded events\.\n/,
    );
    expect(message).toMatch(/\n {2}eventData\["Price"\]: expected 39\.8 \(Number\), but was 1 \(Number\)$/);
    expect(messageOf(() => expectApp(shop.app).toHaveTrackedTimes('Purchased', 1))).toMatch(
      /^Expected "Purchased" to be tracked once, but it was not at all, among 2 recorded events\.\n\nThe nearest one:\n/,
    );
  });

  it('fails where there are more, with the last one', async () => {
    await addToCart(shop.app, { Price: 1 });
    await addToCart(shop.app, { Price: 2 });
    const message = messageOf(() => expectApp(shop.app).toHaveTrackedTimes('Added to Cart', 1));
    expect(message).toContain('to be tracked once, but it was 2 times, among 2 recorded events.\n\nThe last one:\n');
    expect(message).toContain('"Price": 2');
  });

  it('fails with .not where there are as many', async () => {
    expect(messageOf(() => expectApp(shop.app).not.toHaveTrackedTimes('Viewed', 0))).toBe(
      'Expected "Viewed" not to be tracked 0 times, but it was.',
    );
    await addToCart(shop.app, { Price: 1 });
    expect(messageOf(() => expectApp(shop.app).not.toHaveTrackedTimes('Added to Cart', 1))).toMatch(
      /^Expected "Added to Cart" not to be tracked once, but it was\.\n\nThe last one:\n/,
    );
  });

  it('passes neither way while promises are open that may change the count', async () => {
    const settle = await viewWithPromise();
    const waiting = 'How often "Viewed" is tracked cannot be told yet.';
    expect(() => expectApp(shop.app).toHaveTrackedTimes('Viewed', 0)).toThrow(waiting);
    expect(() => expectApp(shop.app).not.toHaveTrackedTimes('Viewed', 1)).toThrow(waiting);
    expect(() => expectApp(shop.app).toHaveTrackedTimes('Viewed', 1)).toThrow('1 event still waits for a promise');
    await settle();
    expectApp(shop.app).toHaveTrackedTimes('Viewed', 1);
    await viewWithPromise();
    expectApp(shop.app).not.toHaveTrackedTimes('Viewed', 0);
  });

  it.each([
    ['2', 'a String'],
    [undefined, 'undefined'],
    [-1, '-1'],
    [1.5, '1.5'],
    [NaN, 'NaN'],
  ])('fails either way with %p times', (times, what) => {
    const message = `How many times is expected must be a whole number, but is ${what}`;
    expect(() => expectApp(shop.app).toHaveTrackedTimes('Viewed', times as number)).toThrow(message);
    expect(() => expectApp(shop.app).not.toHaveTrackedTimes('Viewed', times as number)).toThrow(message);
  });
});
