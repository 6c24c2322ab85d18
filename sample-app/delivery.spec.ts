import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Redis } from 'ioredis';
import { EventsService } from 'nestjs-webengage';
import { WebEngageSandbox } from 'nestjs-webengage/sandbox';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppModule } from './app.module.js';
import { chooseDelivery } from './delivery.js';
import { recordDeliveries, rowsOfSandbox } from './visit/rows.js';
import { visitShop } from './visit/visit.js';
import { waitForOutcomes } from './visit/wait-for-outcomes.js';

const { REDIS_URL } = process.env;
const VARIABLES = ['DELIVERY', 'REDIS_URL', 'WEBENGAGE_LICENSE_CODE', 'WEBENGAGE_API_KEY', 'WEBENGAGE_HOST'];
const VISIT = ['Added to Cart', 'Added to Cart', 'Product Viewed', 'Product Viewed', 'Purchased'];
const before = { ...process.env };

afterEach(() => {
  for (const variable of VARIABLES) {
    if (before[variable] === undefined) delete process.env[variable];
    else process.env[variable] = before[variable];
  }
});

describe("the shop's delivery", () => {
  it.each([undefined, '', 'background'])('is that from memory where DELIVERY is %p', (value) => {
    if (value === undefined) delete process.env.DELIVERY;
    else process.env.DELIVERY = value;
    expect(chooseDelivery()).toEqual({ mode: 'background' });
  });

  it('is no other than those that the shop knows', () => {
    process.env.DELIVERY = 'pigeon';
    expect(chooseDelivery).toThrow('DELIVERY is "pigeon", but the shop knows "background" and "bullmq" only');
  });
});

(REDIS_URL ? describe : describe.skip)('the shop with DELIVERY=bullmq', () => {
  // A queue of its own: it is named after the account.
  const account = `sample-shop-${randomUUID()}`;
  let redis: Redis;
  let sandbox: WebEngageSandbox;
  let app: INestApplication;
  let events: EventsService;
  let shopUrl: string;

  beforeAll(() => {
    redis = new Redis(REDIS_URL ?? '');
  });

  afterAll(async () => {
    const keys = await redis.keys(`bull:webengage-${account}*`);
    if (keys.length > 0) await redis.del(...keys);
    redis.disconnect();
  });

  async function openShop(): Promise<void> {
    const module = await Test.createTestingModule({ imports: [AppModule] }).compile();
    app = module.createNestApplication({ forceCloseConnections: true });
    app.useLogger(false);
    await app.listen(0, '127.0.0.1');
    events = app.get(EventsService);
    shopUrl = await app.getUrl();
  }

  beforeEach(async () => {
    sandbox = await WebEngageSandbox.start();
    Object.assign(process.env, {
      DELIVERY: 'bullmq',
      WEBENGAGE_LICENSE_CODE: account,
      WEBENGAGE_API_KEY: 'any-key-will-do',
      WEBENGAGE_HOST: sandbox.url,
    });
    await openShop();
  });

  afterEach(async () => {
    await app.close();
    await sandbox.close();
  });

  it("stores a visit's events in Redis and delivers each once", async () => {
    const deliveries = recordDeliveries(events);
    await visitShop(shopUrl);
    await events.flush();
    expect(events.stats()).toMatchObject({ accepted: 5, refused: 0, skipped: 0 });
    await waitForOutcomes(events, 10_000);

    expect(namesOf(sandbox)).toEqual(VISIT);
    expect(new Set(sandbox.events().map(({ requestId }) => requestId)).size).toBe(VISIT.length);
    expect(rowsOfSandbox(sandbox).map((row) => row['Silently dropped'])).toEqual(VISIT.map(() => 'nothing'));
    expect(deliveries.map(({ Outcome }) => Outcome)).toEqual(VISIT.map(() => 'queued'));
  });

  it('gives durable receipts', async () => {
    const receipt = await events.track({ userId: '1', eventName: 'Wish List Shared' });
    expect(receipt.state).toBe('durable');
    await waitForOutcomes(events, 10_000);
    expect(sandbox.events().map(({ requestId }) => requestId)).toEqual([receipt.requestId]);
  });

  it('says how many events have no outcome in time, and delivers them after a restart', async () => {
    const port = Number(new URL(sandbox.url).port);
    await sandbox.close();
    await visitShop(shopUrl);
    await events.flush();
    await expect(waitForOutcomes(events, 50)).rejects.toThrow('5 events had no outcome within 50 ms');
    await app.close();

    sandbox = await WebEngageSandbox.start({ port });
    await openShop();
    while (events.stats().delivered < VISIT.length) await sleep(20);
    expect(namesOf(sandbox)).toEqual(VISIT);
    expect(events.stats()).toMatchObject({ accepted: 0, delivered: 5, failed: 0, pending: 0 });
  }, 30_000);
});

function namesOf(sandbox: WebEngageSandbox): string[] {
  return sandbox
    .events()
    .map(({ eventName }) => eventName)
    .sort();
}
