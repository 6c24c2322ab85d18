// Boots an application with a shared type lock, says what becomes of a String for a price, and leaves without closing
// anything: a process that has nothing to do is to end by itself.
import 'reflect-metadata';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [compiled, option] = process.argv.slice(2);
const require = createRequire(join(compiled, 'package.json'));
const { NestFactory } = await import(pathToFileURL(require.resolve('@nestjs/core')).href);
const { EventsService, WebEngageModule } = await import(pathToFileURL(join(compiled, 'dist/esm/index.js')).href);

const store = {
  read: async () => [],
  settle: async (proposed) => proposed,
  close: async () => undefined,
};
const module = WebEngageModule.forRoot({
  licenseCode: '~1',
  apiKey: 'key',
  host: 'http://127.0.0.1:9',
  delivery: { mode: 'direct' },
  retry: { maxAttempts: 1 },
  onTypeConflict: 'reject',
  typeLock: { store: () => store, lockFile: option === 'false' ? false : undefined },
});
const app = await NestFactory.createApplicationContext(module, { logger: false });
const event = { userId: '1', eventName: 'Added to Cart', eventData: { Price: 'x' } };
const outcome = await app
  .get(EventsService)
  .track(event)
  .catch((error) => error.violations?.[0]);
console.log(outcome ? `${outcome.rule}: ${outcome.message.split(', but ')[1]}` : 'no conflict');
