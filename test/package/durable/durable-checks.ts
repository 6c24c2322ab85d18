import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Redis } from 'ioredis';
import { type DeliveryFactory, EventsService, FailedEvents, WebEngageModule } from 'nestjs-webengage';
import {
  bullMqDelivery,
  type BullMqDeliveryOptions,
  FailedEvents as FailedEventsOfBullMq,
} from 'nestjs-webengage/bullmq';
import { WebEngageSandbox } from 'nestjs-webengage/sandbox';

// This file imports nothing from its own folder: ES modules and CommonJS spell such imports differently.

const ACCOUNT = { licenseCode: '~2024bb40', apiKey: 'key-of-the-packed-app' };
const REDIS_URL = process.env.REDIS_URL ?? '';
const requireHere = createRequire(join(process.cwd(), 'package.json'));
const EVENT = { userId: 'johndoe', eventName: 'Added to Cart', eventData: { Price: 39.8 } };

/** Neither the core nor the entry point of durable delivery loads the packages that only the latter needs. */
export function assertPeersAreNotLoaded(): void {
  assert.deepEqual(loadedPeers(), []);
  console.log('ok: nothing is loaded of bullmq and ioredis before the boot');
}

/** One process must hold one copy, or `FailedEvents` would not be found by its class. */
export async function assertOneCopyOfBullMq(): Promise<void> {
  const required = requireHere('nestjs-webengage/bullmq') as typeof import('nestjs-webengage/bullmq');
  const imported = await import('nestjs-webengage/bullmq');
  assert.equal(required.bullMqDelivery, imported.bullMqDelivery);
  assert.equal(required.bullMqDelivery, bullMqDelivery);
  assert.equal(FailedEventsOfBullMq, FailedEvents);
  console.log('ok: require() and import() give one copy of nestjs-webengage/bullmq');
}

/** What one application stored in Redis another one delivers. */
export async function checkDurableDelivery(): Promise<void> {
  await withQueue(async (sandbox, options) => {
    const producer = await boot(sandbox, bullMqDelivery({ ...options, role: 'producer' }));
    const receipt = await producer.get(EventsService).track(EVENT);
    assert.equal(receipt.state, 'durable');
    await producer.close();
    assert.equal(sandbox.events().length, 0, 'an application of the role "producer" delivers nothing');

    const worker = await boot(sandbox, bullMqDelivery({ ...options, role: 'worker' }));
    await assert.rejects(worker.get(EventsService).track(EVENT), { name: 'DeliveryRoleError' });
    await deliveredBy(worker, 1);
    const [event] = sandbox.events();
    assert.equal(event?.requestId, receipt.requestId);
    assert.deepEqual({ ...event?.kept }, EVENT.eventData);
    assert.deepEqual([...(await worker.get(FailedEvents).list())], []);
    await worker.close();
  });
  assert.deepEqual(loadedPeers(), ['bullmq', 'ioredis']);
  console.log('ok: a producer and a worker');
}

/** An application may hand over a client of its own, of whichever version of ioredis it has, and keeps it. */
export async function checkOwnClient(): Promise<void> {
  const client = openRedis();
  await withQueue(async (sandbox, options) => {
    const app = await boot(sandbox, bullMqDelivery({ ...options, connection: client, bulk: 'always' }));
    const receipts = await app.get(EventsService).trackMany([EVENT, EVENT, EVENT]);
    assert.deepEqual(
      receipts.map(({ state }) => state),
      ['durable', 'durable', 'durable'],
    );
    await deliveredBy(app, 3);
    assert.equal(new Set(sandbox.events().map(({ requestId }) => requestId)).size, 1, 'one call carries all of them');
    await app.close();
  });
  assert.equal(await client.ping(), 'PONG');
  client.disconnect();
  console.log('ok: a client of the application');
}

/** A timer that still runs would hold the process, after all applications closed. */
export async function assertNoTimerIsLeft(): Promise<void> {
  // Sockets that were closed tell of it a moment later.
  await sleep(1_000);
  assert.ok(!process.getActiveResourcesInfo().includes('Timeout'), 'a timer is left after the applications closed');
}

/** Runs `use` with a sandbox and with a queue that no other run has. */
async function withQueue(
  use: (sandbox: WebEngageSandbox, options: BullMqDeliveryOptions) => Promise<void>,
): Promise<void> {
  const prefix = `package-${randomUUID()}`;
  const sandbox = await WebEngageSandbox.start(ACCOUNT);
  try {
    await use(sandbox, { connection: REDIS_URL, prefix });
  } finally {
    await sandbox.close();
    await removeKeys(prefix);
  }
}

function boot(sandbox: WebEngageSandbox, delivery: DeliveryFactory): Promise<INestApplicationContext> {
  const webEngage = WebEngageModule.forRoot({ ...ACCOUNT, host: sandbox.url, delivery });
  return NestFactory.createApplicationContext(webEngage, { abortOnError: false, logger: ['error', 'warn'] });
}

async function deliveredBy(app: INestApplicationContext, count: number): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (app.get(EventsService).stats().delivered < count) {
    assert.ok(Date.now() < deadline, `${count} events were not delivered in time`);
    await sleep(20);
  }
}

async function removeKeys(prefix: string): Promise<void> {
  const redis = openRedis();
  const keys = await redis.keys(`${prefix}:*`);
  if (keys.length > 0) await redis.del(...keys);
  redis.disconnect();
}

/** A client of this application's own version of ioredis, which is not loaded before it is needed. */
function openRedis(): Redis {
  const ioredis = requireHere('ioredis') as typeof import('ioredis');
  return new ioredis.Redis(REDIS_URL);
}

/** Which of the two packages this process has loaded. */
function loadedPeers(): string[] {
  const files = Object.keys(requireHere.cache);
  return ['bullmq', 'ioredis'].filter((name) => files.some((file) => file.includes(join('node_modules', name, '/'))));
}
