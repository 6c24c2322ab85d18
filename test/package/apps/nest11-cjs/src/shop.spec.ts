import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { EventsService } from 'nestjs-webengage';
import { AsProviderModule, LoadedModule } from './app.modules';
import { CartController, CheckoutController } from './shared/shop';
import { addToCart, assertPeersAreAskedFor, checkRunningShop, withSandbox } from './shared/shop-checks';

describe('a shop of Nest 11 under its stock Jest', () => {
  it.each([AsProviderModule, LoadedModule])('delivers what %p tracks over HTTP', async (rootModule) => {
    await withSandbox(async (sandbox) => {
      const testingModule = await Test.createTestingModule({ imports: [rootModule] }).compile();
      await checkRunningShop(testingModule.createNestApplication(), sandbox);
    });
  });

  it('delivers it on Fastify', async () => {
    await withSandbox(async (sandbox) => {
      const testingModule = await Test.createTestingModule({ imports: [AsProviderModule] }).compile();
      await checkRunningShop(testingModule.createNestApplication(new FastifyAdapter()), sandbox);
    });
  });

  it('tracks with what overrides EventsService, by the service and by the decorator', async () => {
    const track = jest.fn().mockResolvedValue({ requestId: '0'.repeat(32), state: 'accepted' });
    await withSandbox(async (sandbox) => {
      const testingModule = await Test.createTestingModule({ imports: [AsProviderModule] })
        .overrideProvider(EventsService)
        .useValue({ track })
        .compile();
      const app = testingModule.createNestApplication();
      try {
        await app.listen(0, '127.0.0.1');
        expect(await addToCart(app, 7)).toEqual({ productId: 7, price: 39.8 });
        await app.get(CheckoutController).checkOut('janedoe');
      } finally {
        await app.close();
      }
      expect(sandbox.events()).toEqual([]);
    });
    expect(track.mock.calls).toEqual([
      [{ userId: 'johndoe', eventName: 'Added to Cart', eventData: { 'Product ID': 7, Price: 39.8 } }],
      [{ userId: 'janedoe', eventName: 'Checked Out', eventData: { Total: 79.6, Coupons: ['SPRING'] } }],
    ]);
  });

  it('says what durable delivery needs where it is not installed', assertPeersAreAskedFor);

  it('answers from a decorated controller when a test leaves WebEngageModule out', async () => {
    const logger = { log: jest.fn(), warn: jest.fn(), error: jest.fn() };
    const testingModule = await Test.createTestingModule({ controllers: [CartController] })
      .setLogger(logger)
      .compile();
    const app = testingModule.createNestApplication();
    try {
      await app.listen(0, '127.0.0.1');
      expect(await addToCart(app, 7)).toEqual({ productId: 7, price: 39.8 });
      expect(testingModule.get(CartController).add({ productId: 8 })).toEqual({ productId: 8, price: 39.8 });
    } finally {
      await app.close();
    }
    const errors = logger.error.mock.calls.map(([message]: unknown[]) => message);
    expect(errors).toEqual([expect.stringContaining('import WebEngageModule')]);
  });
});
