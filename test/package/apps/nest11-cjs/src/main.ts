import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AsProviderModule, LoadedModule } from './app.modules';
import { checkObservability } from './observability/observability-checks';
import { checkBootWithLockFile, checkCommands } from './shared/lock-checks';
import { checkSandbox } from './shared/sandbox-checks';
import { assertOneCopy, assertPeersAreAskedFor, checkShop } from './shared/shop-checks';

/** Has the built classes require the CommonJS copy of the package; the command itself is the other one. */
const REQUIRE_COMMONJS = '--no-experimental-require-module';
const resolve = [REQUIRE_COMMONJS, '-p', 'require.resolve("nestjs-webengage")'];
assert.match(execFileSync(process.execPath, resolve, { encoding: 'utf8' }), /[\\/]dist[\\/]cjs[\\/]/);

// Nothing here ends the process: when all is closed it must end by itself.
async function main() {
  await assertOneCopy();
  await assertPeersAreAskedFor();
  await checkShop('webEngageConfig.asProvider()', AsProviderModule);
  await checkShop('ConfigModule.forRoot({ load: [webEngageConfig] })', LoadedModule);
  await checkShop('on Fastify', AsProviderModule, new FastifyAdapter());
  await checkSandbox();
  await checkObservability();
  checkCommands({ NODE_OPTIONS: REQUIRE_COMMONJS });
  await checkBootWithLockFile();
}

void main();
