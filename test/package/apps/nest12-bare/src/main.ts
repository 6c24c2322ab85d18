import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { NestFactory } from '@nestjs/core';
import { AsProviderModule, FactoryModule, FunctionModule } from './app.modules.js';
import { assertOneCopy, assertPeersAreAskedFor, checkShop } from './shared/shop-checks.js';

// Were the package there all the same, this app would prove nothing.
assert.throws(() => createRequire(import.meta.url).resolve('@nestjs/config'), { code: 'MODULE_NOT_FOUND' });

await assertOneCopy();
await assertPeersAreAskedFor();
await checkShop('forRootAsync({ useFactory })', FactoryModule);
await checkShop('forRootAsync({ useFactory: webEngageConfig })', FunctionModule);
await assert.rejects(NestFactory.create(AsProviderModule, { abortOnError: false, logger: false }), (error: Error) => {
  console.log(`asProvider() without @nestjs/config: ${error.name}: ${error.message}`);
  assert.match(error.message, /npm install @nestjs\/config/);
  return true;
});
