import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventsService } from 'nestjs-webengage';
import { expectTracked, trackedEvents, WebEngageTestingModule } from 'nestjs-webengage/testing';
import { type HttpApp, platforms, startHttpApp } from '../support/http-apps.js';
import { addToCart, ShopModule, Stock } from './shop.js';

describe.each(platforms)("a decorated route's event, on %s", (platform) => {
  let shop: HttpApp;

  beforeEach(async () => {
    shop = await startHttpApp(platform, { imports: [ShopModule, WebEngageTestingModule.forRoot()] });
  });

  afterEach(() => shop.close());

  it('is recorded once the route has answered', async () => {
    expect((await addToCart(shop.app, { Price: 39.8 })).status).toBe(201);

    const event = expectTracked(shop.app, 'Added to Cart', { userId: '1', eventData: { Price: 39.8 } });
    expect(event).toEqual({
      userId: '1',
      eventName: 'Added to Cart',
      eventTime: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+0000$/),
      eventData: { Price: 39.8 },
      requestId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it('is not recorded if it breaks a rule; the route answers all the same', async () => {
    expect((await addToCart(shop.app, { we_price: 39.8 })).status).toBe(201);

    expect(trackedEvents(shop.app).all()).toEqual([]);
    expect(shop.app.get(EventsService).stats()).toMatchObject({ accepted: 0, refused: 1 });
  });

  it('is recorded after a flush where one of its functions returns a promise', async () => {
    let found: (left: number) => void = () => undefined;
    shop.app.get(Stock, { strict: false }).look = () => new Promise((resolve) => (found = resolve));
    await shop.get('view');
    expect(trackedEvents(shop.app).counts()).toEqual({
      recorded: 0,
      refused: 0,
      skipped: 0,
      evaluating: 1,
      typeConflicts: 0,
    });

    found(7);
    await shop.app.get(EventsService).flush();
    expectTracked(shop.app, 'Viewed', { eventData: { Left: 7 } });
  });

  it('is recorded where a service tracks it', async () => {
    const { body } = await shop.get('track?name=Searched');
    expect(body).toBe('delivered');
    expectTracked(shop.app, 'Searched', { userId: '1', eventData: undefined });
  });
});

it('is recorded apart from that of another application beside it', async () => {
  const [one, other] = await Promise.all(
    platforms.map((platform) => startHttpApp(platform, { imports: [ShopModule, WebEngageTestingModule.forRoot()] })),
  );
  await Promise.all([addToCart(one.app, { Price: 1 }), addToCart(other.app, { Price: 2 })]);

  expect(
    trackedEvents(one.app)
      .all()
      .map(({ eventData }) => eventData),
  ).toEqual([{ Price: 1 }]);
  expect(
    trackedEvents(other.app)
      .all()
      .map(({ eventData }) => eventData),
  ).toEqual([{ Price: 2 }]);
  await Promise.all([one.close(), other.close()]);
});
