import { NestFactory } from '@nestjs/core';
import { EventsService } from 'nestjs-webengage';
import { AppModule } from './app.module.js';
import { setUpDocumentation } from './documentation.js';
import { listen } from './listen.js';
import { startSandboxUnlessConfigured } from './sandbox.js';
import { formatTable } from './visit/format-table.js';
import { recordDeliveries, rowsOfSandbox } from './visit/rows.js';
import { visitShop } from './visit/visit.js';
import { waitForOutcomes } from './visit/wait-for-outcomes.js';

// Before the application is created: its configuration is read from the environment then.
const sandbox = await startSandboxUnlessConfigured();

// Browsers hold connections on which they never ask; they are not to hold up the shutdown.
const app = await NestFactory.create(AppModule, { forceCloseConnections: true });
// On Ctrl-C or SIGTERM the shop stops listening and delivers what is pending; only then the process ends, and the
// sandbox with it.
app.enableShutdownHooks([], { useProcessExit: true });
setUpDocumentation(app);
await listen(app);

const events = app.get(EventsService);
const deliveries = recordDeliveries(events);
const shopUrl = await app.getUrl();
await visitShop(shopUrl);
try {
  await events.flush({ timeout: 10_000 });
  await waitForOutcomes(events, 10_000);
} catch (error) {
  console.warn((error as Error).message);
}

console.log(`
One shopper's visit, as ${sandbox ? 'the sandbox ingested it' : 'WebEngage answered it'}:

${formatTable(sandbox ? rowsOfSandbox(sandbox) : deliveries)}

Shop       ${shopUrl}
Swagger    ${shopUrl}/docs
Health     ${shopUrl}/health
WebEngage  ${sandbox ? `${sandbox.url} (the sandbox; open it to watch the events)` : 'the account that the environment names'}

Ctrl-C ends them.`);
