import { AsProviderModule, LoadedModule } from './app.modules.js';
import { checkSandbox } from './shared/sandbox-checks.js';
import { assertOneCopy, assertPeersAreAskedFor, checkShop } from './shared/shop-checks.js';

// Nothing here ends the process: when all is closed it must end by itself.
await assertOneCopy();
await assertPeersAreAskedFor();
await checkShop('webEngageConfig.asProvider()', AsProviderModule);
await checkShop('ConfigModule.forRoot({ load: [webEngageConfig] })', LoadedModule);
await checkSandbox();
