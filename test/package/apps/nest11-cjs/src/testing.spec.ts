import type { INestApplication } from '@nestjs/common';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import { EventsService } from 'nestjs-webengage';
import {
  expectTracked,
  NotTrackedError,
  webEngageMatchers,
  type WebEngageMatchers,
  WebEngageTestingModule,
} from 'nestjs-webengage/testing';
import { AsProviderModule } from './app.modules';
import { checkSandbox } from './shared/sandbox-checks';
import { CheckoutController, ShopModule } from './shared/shop';
import { addToCart } from './shared/shop-checks';
import { Wished } from './shared/wished.event';
import { checkWishes, WishlistModule } from './wishlist';

declare global {
  namespace jest {
    interface Matchers<R, T> extends WebEngageMatchers<R> {}
  }
}

expect.extend(webEngageMatchers);

describe('a test of a shop of Nest 11 under its stock Jest', () => {
  let app: INestApplication | undefined;

  async function start(builder: TestingModuleBuilder): Promise<INestApplication> {
    app = (await builder.compile()).createNestApplication();
    await app.listen(0, '127.0.0.1');
    return app;
  }

  afterEach(async () => {
    await app?.close();
    app = undefined;
  });

  it('sees what a decorated route tracks', async () => {
    const module = await Test.createTestingModule({
      imports: [ShopModule, WebEngageTestingModule.forRoot()],
    }).compile();
    app = module.createNestApplication();
    await app.listen(0, '127.0.0.1');
    await addToCart(app, 7);
    expectTracked(app, 'Added to Cart', { userId: 'johndoe', eventData: { 'Product ID': 7, Price: 39.8 } });
  });

  it('sees it by matchers, in an application that imports WebEngageModule itself', async () => {
    const shop = await start(
      WebEngageTestingModule.override(Test.createTestingModule({ imports: [AsProviderModule] })),
    );
    await addToCart(shop, 7);
    const { state } = await shop.get(CheckoutController).checkOut('janedoe');
    expect(state).toBe('delivered');

    expect(shop).toHaveTracked('Added to Cart', { userId: 'johndoe', eventData: { Price: expect.any(Number) } });
    expect(shop).toHaveTracked('Checked Out', { userId: expect.stringMatching(/^jane/), anonymousId: undefined });
    expect(shop).toHaveTrackedTimes('Added to Cart', 1, { userId: 'johndoe' });
    expect(shop).not.toHaveTracked('Purchased');
    expect(shop).not.toHaveTrackedTimes('Added to Cart', 2);
    // @ts-expect-error an event is known by its name
    expect(() => expect(shop).toHaveTracked(7)).toThrow(/must be a String/);
    expect(shop.get(EventsService).stats()).toMatchObject({ accepted: 2, delivered: 2, failed: 0, pending: 0 });
  });

  it('sees events by their class', async () => {
    const shop = await start(Test.createTestingModule({ imports: [WishlistModule, WebEngageTestingModule.forRoot()] }));
    await checkWishes(shop);
    expect(shop).toHaveTracked(Wished, { userId: 'janedoe', eventData: { productId: 8, price: expect.any(Number) } });
    // One of them without its price, which was no Number.
    expect(shop).toHaveTrackedTimes(Wished, 4);
    // @ts-expect-error Wished has no such property
    expect(() => expect(shop).toHaveTracked(Wished, { eventData: { product: 8 } })).toThrow(/did you mean productId/);
  });

  it('says what was tracked instead', async () => {
    const shop = await start(Test.createTestingModule({ imports: [ShopModule, WebEngageTestingModule.forRoot()] }));
    await addToCart(shop, 7);
    const expected = { eventData: { Price: '39.8' } };
    const difference = /eventData\["Price"\]: expected "39\.8" \(String\), but was 39\.8 \(Number\)/;
    expect(() => expectTracked(shop, 'Added to Cart', expected)).toThrow(NotTrackedError);
    expect(() => expectTracked(shop, 'Added to Cart', expected)).toThrow(difference);
    expect(() => expect(shop).toHaveTracked('Added to Cart', expected)).toThrow(difference);
    expect(() => expect(shop).not.toHaveTracked('Added to Cart')).toThrow(/not to be tracked/);
  });

  it('sends to a sandbox with a fault', async () => {
    expect(require.resolve('nestjs-webengage/sandbox')).toMatch(/[\\/]dist[\\/]cjs[\\/]/);
    await checkSandbox();
  });
});
