import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type INestApplication, type NestApplicationOptions, ValidationPipe } from '@nestjs/common';
import { type AbstractHttpAdapter, NestFactory } from '@nestjs/core';
import { type DeliveryFactory, EventsService, WebEngageModule } from 'nestjs-webengage';
import { type SandboxEvent, WebEngageSandbox } from 'nestjs-webengage/sandbox';

// This file imports nothing from its own folder: ES modules and CommonJS spell such imports differently.

const ACCOUNT = { licenseCode: '~2024bb40', apiKey: 'key-of-the-packed-app' };

/**
 * Boots a module against a sandbox that its environment variables name, on Express or on the adapter given, runs the
 * shop's checks and closes it.
 */
export async function checkShop(
  what: string,
  rootModule: Parameters<typeof NestFactory.create>[0],
  adapter?: AbstractHttpAdapter,
): Promise<void> {
  await withSandbox(async (sandbox) => {
    const options: NestApplicationOptions = { abortOnError: false, logger: ['error', 'warn'] };
    const app = await (adapter
      ? NestFactory.create(rootModule, adapter, options)
      : NestFactory.create(rootModule, options));
    await checkRunningShop(app, sandbox);
  });
  // Timers that still run would hold the process; an idle connection would not.
  assert.ok(!process.getActiveResourcesInfo().includes('Timeout'), 'a timer is left after the application closed');
  console.log(`ok: ${what}`);
}

/** Runs `use` while a sandbox stands behind the environment variables that the library's configuration reads. */
export async function withSandbox(use: (sandbox: WebEngageSandbox) => Promise<void>): Promise<void> {
  const sandbox = await WebEngageSandbox.start(ACCOUNT);
  process.env.WEBENGAGE_LICENSE_CODE = ACCOUNT.licenseCode;
  process.env.WEBENGAGE_API_KEY = ACCOUNT.apiKey;
  process.env.WEBENGAGE_HOST = sandbox.url;
  try {
    await use(sandbox);
  } finally {
    await sandbox.close();
  }
}

/** Posts to every route over HTTP and checks what the sandbox took in of it. Closes the application. */
export async function checkRunningShop(app: INestApplication, sandbox: WebEngageSandbox): Promise<void> {
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, transform: true }));
  try {
    await app.listen(0, '127.0.0.1');
    const url = await app.getUrl();

    const added = await post(`${url}/cart`, { productId: 1337 });
    assert.deepEqual(added, { status: 201, body: { productId: 1337, price: 39.8 } });
    const missing = await post(`${url}/cart`, { productId: 0 });
    assert.equal(missing.status, 404);

    const checkedOut = await post(`${url}/checkout`, {});
    assert.equal(checkedOut.status, 201);
    assert.match((checkedOut.body as { requestId: string }).requestId, /^[0-9a-f]{32}$/);

    const posted = await post(`${url}/events`, { anonymousId: 'visitor-1', eventName: 'Viewed', unknown: true });
    assert.equal(posted.status, 201);
    const refused = await post(`${url}/events`, { userId: 'johndoe', eventName: 'we_viewed' });
    assert.equal(refused.status, 400, 'the pipe uses the same class-validator as the library');
    assert.match(JSON.stringify(refused.body), /we_/);

    const events = app.get(EventsService);
    await assert.rejects(events.track({ eventName: 'Viewed' }), { name: 'EventValidationError' });
    await events.flush();
    assertIngested(sandbox.events());
    const { accepted, delivered, failed, pending, refused: refusedByService } = events.stats();
    assert.deepEqual([accepted, delivered, failed, pending, refusedByService], [3, 3, 0, 0, 1]);
  } finally {
    await app.close();
  }
}

/** Posts to the decorated route as `johndoe`; returns what it answers. */
export async function addToCart(app: INestApplication, productId: number): Promise<unknown> {
  const { status, body } = await post(`${await app.getUrl()}/cart`, { productId });
  assert.equal(status, 201);
  return body;
}

/** One process must hold one copy of the library: with two, Nest would not find the provider of the other one. */
export async function assertOneCopy(): Promise<void> {
  const require = createRequire(join(process.cwd(), 'package.json'));
  const required = require('nestjs-webengage') as typeof import('nestjs-webengage');
  const imported = await import('nestjs-webengage');
  assert.equal(required.EventsService, imported.EventsService);
  assert.equal(required.EventsService, EventsService);
  assert.equal(required.WebEngageModule, imported.WebEngageModule);
  const requiredSandbox = require('nestjs-webengage/sandbox') as typeof import('nestjs-webengage/sandbox');
  const importedSandbox = await import('nestjs-webengage/sandbox');
  assert.equal(requiredSandbox.WebEngageSandbox, importedSandbox.WebEngageSandbox);
  assert.equal(requiredSandbox.WebEngageSandbox, WebEngageSandbox);
  const requiredTesting = require('nestjs-webengage/testing') as typeof import('nestjs-webengage/testing');
  const importedTesting = await import('nestjs-webengage/testing');
  assert.equal(requiredTesting.WebEngageTestingModule, importedTesting.WebEngageTestingModule);
  console.log('ok: require() and import() give one copy');
}

/** This application has not installed what durable delivery needs: the boot says so, and what to do about it. */
export async function assertPeersAreAskedFor(): Promise<void> {
  const require = createRequire(join(process.cwd(), 'package.json'));
  // Were the packages there all the same, this application would prove nothing.
  for (const peer of ['bullmq', 'ioredis']) assert.throws(() => require.resolve(peer), { code: 'MODULE_NOT_FOUND' });
  // Required, as its types speak of those packages too.
  const { bullMqDelivery } = require('nestjs-webengage/bullmq') as {
    bullMqDelivery(options: { connection: string }): DeliveryFactory;
  };
  const delivery = bullMqDelivery({ connection: 'redis://127.0.0.1:6379' });
  const rootModule = WebEngageModule.forRoot({ ...ACCOUNT, delivery });
  await assert.rejects(NestFactory.create(rootModule, { abortOnError: false, logger: false }), (error: Error) => {
    console.log(`bullMqDelivery() without bullmq and ioredis: ${error.name}: ${error.message}`);
    assert.equal(error.name, 'ConfigurationError');
    assert.match(error.message, /npm install bullmq ioredis/);
    return true;
  });
}

function assertIngested(ingested: SandboxEvent[]): void {
  const byName = new Map(ingested.map((event) => [event.eventName, event]));
  assert.equal(ingested.length, 3);
  for (const event of ingested) {
    assert.equal(event.licenseCode, ACCOUNT.licenseCode);
    assert.match(String(event.requestId), /^[0-9a-f]{32}$/);
    assert.match(String(event.eventTime), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/);
    assert.deepEqual([...event.dropped], []);
  }
  const added = byName.get('Added to Cart');
  assert.equal(added?.userId, 'johndoe');
  assert.deepEqual({ ...added.kept }, { 'Product ID': 1337, Price: 39.8 });
  const checkedOut = byName.get('Checked Out');
  assert.equal(checkedOut?.userId, 'johndoe');
  assert.deepEqual({ ...checkedOut.kept }, { Total: 79.6, Coupons: ['SPRING'] });
  const viewed = byName.get('Viewed');
  assert.equal(viewed?.anonymousId, 'visitor-1');
  assert.equal(viewed.userId, undefined);
}

async function post(url: string, body: unknown): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-user-id': 'johndoe' },
    body: JSON.stringify(body),
  });
  // Not response.json(): under Jest its objects would come from another realm, which strict comparisons tell apart.
  return { status: response.status, body: JSON.parse(await response.text()) as unknown };
}
