import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { EventsService } from 'nestjs-webengage';
import { WebEngageSandbox } from 'nestjs-webengage/sandbox';
import { createServer } from 'node:http';
import { AppModule } from './app.module.js';
import type { CartLine } from './cart/cart-line.js';
import { setUpDocumentation } from './documentation.js';
import { startSandboxUnlessConfigured } from './sandbox.js';
import { formatTable } from './visit/format-table.js';
import { recordDeliveries, rowsOfSandbox } from './visit/rows.js';
import { Shopper } from './visit/shopper.js';
import { visitShop } from './visit/visit.js';

const VARIABLES = ['WEBENGAGE_LICENSE_CODE', 'WEBENGAGE_API_KEY', 'WEBENGAGE_HOST'];
const VISIT = ['Added to Cart', 'Added to Cart', 'Product Viewed', 'Product Viewed', 'Purchased'];
const DOCUMENTED_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+0000$/;

let app: INestApplication;
let events: EventsService;
let sandbox: WebEngageSandbox;
let shopUrl: string;

beforeEach(async () => {
  for (const variable of [...VARIABLES, 'DELIVERY']) delete process.env[variable];
  sandbox = (await startSandboxUnlessConfigured()) as WebEngageSandbox;
  const module = await Test.createTestingModule({ imports: [AppModule] }).compile();
  app = module.createNestApplication({ forceCloseConnections: true });
  app.useLogger(false);
  setUpDocumentation(app);
  await app.listen(0, '127.0.0.1');
  events = app.get(EventsService);
  shopUrl = await app.getUrl();
});

afterEach(async () => {
  await app.close();
  await sandbox.close();
});

function ingested(eventName: string) {
  return sandbox.events().filter((event) => event.eventName === eventName);
}

describe('a visit', () => {
  it('reaches WebEngage whole, each event once', async () => {
    await visitShop(shopUrl);
    await events.flush();

    const all = sandbox.events();
    expect(all.map(({ eventName }) => eventName).sort()).toEqual(VISIT);
    expect(all.flatMap(({ dropped }) => dropped)).toEqual([]);
    expect(new Set(all.map(({ requestId }) => requestId)).size).toBe(VISIT.length);
    for (const { requestId } of all) expect(requestId).toMatch(/^[0-9a-f]{32}$/);
    expect(events.stats()).toMatchObject({ accepted: 5, delivered: 5, failed: 0, refused: 0, skipped: 0 });
  });

  it('speaks of a visitor before the sign-in, and of the customer after it', async () => {
    await visitShop(shopUrl);
    await events.flush();

    const views = ingested('Product Viewed');
    expect(views.map(({ userId }) => userId)).toEqual([undefined, undefined]);
    expect(views[0].anonymousId).toMatch(/^visitor-/);
    expect(views[1].anonymousId).toBe(views[0].anonymousId);
    for (const { userId, anonymousId } of [...ingested('Added to Cart'), ...ingested('Purchased')]) {
      expect({ userId, anonymousId }).toEqual({ userId: '1', anonymousId: undefined });
    }
  });

  it('tells what was put into the cart', async () => {
    await visitShop(shopUrl);
    await events.flush();

    const added = ingested('Added to Cart').map(({ kept }) => ({ ...kept }));
    expect(added).toHaveLength(2);
    expect(added).toContainEqual({
      'Product ID': 1337,
      Price: 39.8,
      Quantity: 1,
      Product: 'Givenchy Pour Homme Cologne',
      Category: 'Fragrance',
      Currency: 'USD',
    });
    expect(added).toContainEqual(expect.objectContaining({ 'Product ID': 1339, Quantity: 2 }));
  });

  it('tells what was bought, without what was taken out of the cart', async () => {
    const order = await visitShop(shopUrl);
    await events.flush();

    const [purchase, ...others] = ingested('Purchased');
    expect(others).toEqual([]);
    expect({ ...purchase.kept }).toEqual({
      'Order ID': order.id,
      Total: 39.8,
      Currency: 'USD',
      'Delivery By': expect.stringMatching(DOCUMENTED_TIME),
      Items: [{ 'Product ID': 1337, Product: 'Givenchy Pour Homme Cologne', Price: 39.8, Quantity: 1 }],
    });
    expect(purchase.eventTime).toBe(`${String(order.placedAt).slice(0, 19)}+0000`);
  });

  it('is delivered before the shop is closed', async () => {
    await visitShop(shopUrl);
    await app.close();

    expect(sandbox.events()).toHaveLength(VISIT.length);
  });

  it('can be read as a table, from the sandbox or from the deliveries', async () => {
    const deliveries = recordDeliveries(events);
    await visitShop(shopUrl);
    await events.flush();

    const rows = rowsOfSandbox(sandbox);
    expect(rows.map((row) => row['Silently dropped'])).toEqual(VISIT.map(() => 'nothing'));
    expect(deliveries.map(({ Outcome }) => Outcome)).toEqual(VISIT.map(() => 'queued'));
    const lines = formatTable(rows).split('\n');
    expect(lines).toHaveLength(2 + VISIT.length);
    expect(lines[0]).toMatch(/^Event +User +Attributes +Request id +Silently dropped$/);
    for (const [index, { requestId }] of sandbox.events().entries()) expect(lines[2 + index]).toContain(requestId);
  });
});

describe('a shop', () => {
  let port: number;

  beforeEach(async () => {
    port = Number(new URL(sandbox.url).port);
    await sandbox.close();
  });

  it('takes orders although WebEngage is down, and tells of them once it is up again', async () => {
    const order = await visitShop(shopUrl);
    expect(order).toMatchObject({ total: 39.8, currency: 'USD' });
    await expect(events.flush({ timeout: 50 })).rejects.toThrow('5 events');
    expect(events.stats()).toMatchObject({ accepted: 5, delivered: 0, failed: 0, pending: 5 });

    sandbox = await WebEngageSandbox.start({ port });
    await events.flush();
    expect(
      sandbox
        .events()
        .map(({ eventName }) => eventName)
        .sort(),
    ).toEqual(VISIT);
    expect(events.stats()).toMatchObject({ accepted: 5, delivered: 5, failed: 0, pending: 0 });
  }, 30_000);

  it('takes orders although WebEngage refuses their events, and lists what was not delivered', async () => {
    const refusing = createServer((request, response) => {
      request.resume().once('end', () => response.writeHead(400).end());
    });
    await new Promise<void>((resolve) => refusing.listen(port, '127.0.0.1', resolve));
    const deliveries = recordDeliveries(events);
    const order = await visitShop(shopUrl);
    expect(order).toMatchObject({ total: 39.8, currency: 'USD' });
    await events.flush();

    expect(events.stats()).toMatchObject({ accepted: 5, delivered: 0, failed: 5, pending: 0 });
    expect(deliveries.map(({ Outcome }) => Outcome)).toEqual(VISIT.map(() => 'not delivered: WebEngage answered 400'));
    refusing.closeAllConnections();
    refusing.close();
  });
});

describe('what is no event', () => {
  it.each([
    ['an unknown product', { productId: 1, quantity: 1 }, 404],
    ['no quantity', { productId: 1337 }, 400],
    ['a quantity of none', { productId: 1337, quantity: 0 }, 400],
    ['a quantity in words', { productId: 1337, quantity: 'two' }, 400],
  ])('adding %s to the cart', async (_what, line, status) => {
    const shopper = new Shopper(shopUrl);
    await shopper.signIn('Ada');
    await expect(shopper.call('POST', '/cart/lines', line)).rejects.toThrow(`was answered with ${status}`);
    await events.flush();

    expect(sandbox.events()).toEqual([]);
  });

  it.each([
    ['POST', '/cart/lines'],
    ['POST', '/checkout'],
  ] as const)('%s %s by somebody who has signed out', async (method, path) => {
    const shopper = new Shopper(shopUrl);
    await shopper.signIn('Ada');
    await shopper.signOut();
    await expect(shopper.call(method, path, { productId: 1337, quantity: 1 })).rejects.toThrow('answered with 401');
    await events.flush();

    expect(sandbox.events()).toEqual([]);
  });

  it('checking out twice', async () => {
    const shopper = new Shopper(shopUrl);
    await shopper.signIn('Ada');
    await shopper.call<CartLine>('POST', '/cart/lines', { productId: 1337, quantity: 1 });
    await shopper.call('POST', '/checkout');
    await expect(shopper.call('POST', '/checkout')).rejects.toThrow('answered with 409');
    await events.flush();

    expect(ingested('Purchased')).toHaveLength(1);
  });

  it('a view by a visitor whose identifier WebEngage would not take; the page is shown all the same', async () => {
    const response = await fetch(`${shopUrl}/products/1337`, { headers: { 'x-visitor-id': 'v'.repeat(101) } });
    await events.flush();

    expect(response.status).toBe(200);
    expect(sandbox.events()).toEqual([]);
    expect(events.stats().refused).toBe(1);
  });
});

it('keeps customers apart', async () => {
  const [ada, grace] = [new Shopper(shopUrl), new Shopper(shopUrl)];
  await ada.signIn('Ada');
  await grace.signIn('Grace');
  const line = await ada.call<CartLine>('POST', '/cart/lines', { productId: 1337, quantity: 1 });

  await expect(grace.call('DELETE', `/cart/lines/${line.id}`)).rejects.toThrow('answered with 404');
  expect(await grace.call('GET', '/cart/lines')).toEqual([]);
  expect(await ada.call('GET', '/cart/lines')).toEqual([line]);
});

it('documents its routes and their bodies', async () => {
  const response = await fetch(`${shopUrl}/docs-json`);
  expect(await response.json()).toMatchObject({
    paths: { '/products/{id}': {}, '/auth/sign-in': {}, '/cart/lines': {}, '/checkout': {} },
    components: { schemas: { AddToCartDto: { properties: { quantity: { minimum: 1, maximum: 99, example: 1 } } } } },
  });
  expect((await fetch(`${shopUrl}/docs`)).status).toBe(200);
});

it.each(VARIABLES)('starts no sandbox when the environment sets %s', async (variable) => {
  for (const other of VARIABLES) delete process.env[other];
  process.env[variable] = 'given';
  expect(await startSandboxUnlessConfigured()).toBeUndefined();
});
