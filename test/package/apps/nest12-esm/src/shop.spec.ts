import type { INestApplication } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { webEngageMatchers, type WebEngageMatchers, WebEngageTestingModule } from 'nestjs-webengage/testing';
import { AsProviderModule, LoadedModule } from './app.modules.js';
import { checkSandbox } from './shared/sandbox-checks.js';
import { ShopModule } from './shared/shop.js';
import { addToCart, assertPeersAreAskedFor, checkRunningShop, withSandbox } from './shared/shop-checks.js';
import { checkWishes, WishlistModule } from './wishlist.js';

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends WebEngageMatchers<R> {}
}

expect.extend(webEngageMatchers);

describe('a shop of Nest 12 under Jest as ES modules', () => {
  let app: INestApplication | undefined;

  afterEach(async () => {
    await app?.close();
    app = undefined;
  });

  it.each([
    ['Express', AsProviderModule, undefined],
    ['Express, configured the long way', LoadedModule, undefined],
    ['Fastify', AsProviderModule, new FastifyAdapter()],
  ])('delivers what it tracks over HTTP on %s', async (_name, rootModule, adapter) => {
    await withSandbox(async (sandbox) => {
      const testingModule = await Test.createTestingModule({ imports: [rootModule] }).compile();
      await checkRunningShop(
        adapter ? testingModule.createNestApplication(adapter) : testingModule.createNestApplication(),
        sandbox,
      );
    });
  });

  it('sees what a decorated route tracks', async () => {
    const imports = [ShopModule, WishlistModule, WebEngageTestingModule.forRoot()];
    app = (await Test.createTestingModule({ imports }).compile()).createNestApplication();
    await app.listen(0, '127.0.0.1');
    await addToCart(app, 7);
    expect(app).toHaveTracked('Added to Cart', { userId: 'johndoe', eventData: { Price: expect.any(Number) } });
    expect(app).not.toHaveTracked('Purchased');
    await checkWishes(app);
  });

  it('says what durable delivery needs where it is not installed', assertPeersAreAskedFor);

  it('sends to a sandbox with a fault', checkSandbox);
});
