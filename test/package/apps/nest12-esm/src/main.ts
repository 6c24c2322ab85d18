import { AsProviderModule, LoadedModule } from './app.modules.js';
import { assertOneCopy, checkShop } from './shared/shop-checks.js';

// Nothing here ends the process: when all is closed it must end by itself.
await assertOneCopy();
await checkShop('webEngageConfig.asProvider()', AsProviderModule);
await checkShop('ConfigModule.forRoot({ load: [webEngageConfig] })', LoadedModule);
