import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { EventsService, WebEngageModule } from 'nestjs-webengage';

/** Rejections and exceptions that nobody caught. */
export const uncaught = [];
for (const kind of ['unhandledRejection', 'uncaughtException']) {
  process.on(kind, (error) => {
    uncaught.push(`${kind}: ${error instanceof Error ? error.stack : String(error)}`);
    console.error(uncaught.at(-1));
  });
}

/** Boots a Nest application with the module; `lastWords` are awaited at the very end of its shutdown. */
export async function boot(options, lastWords) {
  // Global modules shut down in the reverse order of their import, so this one comes after the library's.
  class LastWords {
    onApplicationShutdown() {
      return lastWords();
    }
  }
  class Application {}
  const imports = [{ module: LastWords, global: true }, WebEngageModule.forRoot(options)];
  const app = await NestFactory.createApplicationContext({ module: Application, imports });
  app.enableShutdownHooks();
  return { app, events: app.get(EventsService) };
}

/** Tells the parent something; resolves when it is on its way. */
export function tell(kind, content = {}) {
  return new Promise((resolve) => process.send({ kind, ...content }, resolve));
}
