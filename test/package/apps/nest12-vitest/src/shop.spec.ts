import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { AppModule } from './app.module.js';
import { assertOneCopy, assertPeersAreAskedFor, checkRunningShop, withSandbox } from './shared/shop-checks.js';

describe('a shop of Nest 12 under its stock Vitest', () => {
  it('delivers what it tracks over HTTP', async () => {
    await withSandbox(async (sandbox) => {
      const testingModule = await Test.createTestingModule({ imports: [AppModule] }).compile();
      await checkRunningShop(testingModule.createNestApplication(), sandbox);
    });
  });

  it('delivers it on Fastify', async () => {
    await withSandbox(async (sandbox) => {
      const testingModule = await Test.createTestingModule({ imports: [AppModule] }).compile();
      await checkRunningShop(testingModule.createNestApplication(new FastifyAdapter()), sandbox);
    });
  });

  it('holds one copy of the library', assertOneCopy);

  it('says what durable delivery needs where it is not installed', assertPeersAreAskedFor);
});
