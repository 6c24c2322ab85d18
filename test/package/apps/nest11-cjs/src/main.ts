import { AsProviderModule, LoadedModule } from './app.modules';
import { checkSandbox } from './shared/sandbox-checks';
import { assertOneCopy, assertPeersAreAskedFor, checkShop } from './shared/shop-checks';

// Nothing here ends the process: when all is closed it must end by itself.
async function main() {
  await assertOneCopy();
  await assertPeersAreAskedFor();
  await checkShop('webEngageConfig.asProvider()', AsProviderModule);
  await checkShop('ConfigModule.forRoot({ load: [webEngageConfig] })', LoadedModule);
  await checkSandbox();
}

void main();
