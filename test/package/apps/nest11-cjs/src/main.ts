import { AsProviderModule, LoadedModule } from './app.modules';
import { assertOneCopy, checkShop } from './shared/shop-checks';

// Nothing here ends the process: when all is closed it must end by itself.
async function main() {
  await assertOneCopy();
  await checkShop('webEngageConfig.asProvider()', AsProviderModule);
  await checkShop('ConfigModule.forRoot({ load: [webEngageConfig] })', LoadedModule);
}

void main();
