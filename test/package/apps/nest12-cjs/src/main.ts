import assert from 'node:assert/strict';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AsProviderModule, LoadedModule } from './app.modules';
import { checkSandbox } from './shared/sandbox-checks';
import { assertOneCopy, assertPeersAreAskedFor, checkShop } from './shared/shop-checks';

// Nest 12 has ES modules only, and this is CommonJS: the library must come as the ES modules that Nest comes as.
assert.match(require.resolve('nestjs-webengage'), /[\\/]dist[\\/]esm[\\/]/);

// Nothing here ends the process: when all is closed it must end by itself.
async function main() {
  await assertOneCopy();
  await assertPeersAreAskedFor();
  await checkShop('webEngageConfig.asProvider()', AsProviderModule);
  await checkShop('ConfigModule.forRoot({ load: [webEngageConfig] })', LoadedModule);
  await checkShop('on Fastify', AsProviderModule, new FastifyAdapter());
  await checkSandbox();
}

void main();
