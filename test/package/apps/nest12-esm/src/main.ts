import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { WebEngageTestingModule } from 'nestjs-webengage/testing';
import { AsProviderModule, LoadedModule } from './app.modules.js';
import { checkBootWithLockFile, checkCommands } from './shared/lock-checks.js';
import { checkSandbox } from './shared/sandbox-checks.js';
import { assertOneCopy, assertPeersAreAskedFor, checkShop } from './shared/shop-checks.js';
import { checkWishes, WishlistModule } from './wishlist.js';

// Nothing here ends the process: when all is closed it must end by itself.
await assertOneCopy();
await assertPeersAreAskedFor();
await checkShop('webEngageConfig.asProvider()', AsProviderModule);
await checkShop('ConfigModule.forRoot({ load: [webEngageConfig] })', LoadedModule);
await checkShop('on Fastify', AsProviderModule, new FastifyAdapter());
await checkSandbox();

const wishlist = { module: WishlistModule, imports: [WebEngageTestingModule.forRoot()] };
const app = await NestFactory.create(wishlist, { abortOnError: false, logger: ['error', 'warn'] });
await app.listen(0, '127.0.0.1');
await checkWishes(app);
await app.close();
checkCommands();
await checkBootWithLockFile();
