import assert from 'node:assert/strict';
import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { EventsService, WebEngageModule } from 'nestjs-webengage';
import { type SandboxEvent, WebEngageSandbox } from 'nestjs-webengage/sandbox';

// This file imports nothing from its own folder: ES modules and CommonJS spell such imports differently.

const ACCOUNT = { licenseCode: '~2024bb40', apiKey: 'key-of-the-packed-app' };

/** An application whose handlers track "Added to Cart" for `johndoe`, with the number of the product as "Product ID". */
export interface TransportApp {
  app: INestApplicationContext;
  /** Each calls one handler, as a client does, and returns what it answers or rejects with what it refuses. */
  calls: ((productId: number) => Promise<unknown>)[];
  /** Lets go of what a client holds. */
  leave?(): unknown;
}

/**
 * Boots an application against a sandbox, calls its handlers over their transport, tracks by the service too, and closes
 * it: each call that succeeds is one event, and each that fails is none.
 */
export async function checkTransport(
  what: string,
  start: (webEngage: DynamicModule) => Promise<TransportApp>,
): Promise<void> {
  const sandbox = await WebEngageSandbox.start(ACCOUNT);
  try {
    const { app, calls, leave } = await start(WebEngageModule.forRoot({ ...ACCOUNT, host: sandbox.url }));
    const called: number[] = [];
    for (const [index, call] of calls.entries()) {
      for (const productId of [10 * index + 1, 10 * index + 2]) {
        assert.deepEqual({ ...((await call(productId)) as object) }, { productId, price: 39.8 });
        called.push(productId);
      }
      await assert.rejects(call(0), 'a product that there is not');
    }
    const events = app.get(EventsService);
    await events.track({ userId: 'janedoe', eventName: 'Checked Out', eventData: { Total: 79.6 } });
    await assert.rejects(events.track({ userId: 'janedoe', eventName: 'we_out' }), { name: 'EventValidationError' });
    await events.flush();
    assertArrived(sandbox.events(), called);
    const { accepted, delivered, failed, pending } = events.stats();
    assert.deepEqual([accepted, delivered, failed, pending], [called.length + 1, called.length + 1, 0, 0]);
    await leave?.();
    await app.close();
  } finally {
    await sandbox.close();
  }
  console.log(`ok: ${what}`);
}

function assertArrived(arrived: SandboxEvent[], productIds: number[]): void {
  const seen = arrived.map(({ eventName, userId, kept }) => [eventName, userId, kept['Product ID'] ?? kept.Total]);
  const expected = productIds.map((productId) => ['Added to Cart', 'johndoe', productId]);
  // Calls may be under way at the same time, and arrive in any order.
  const sorted = (rows: unknown[]) => rows.map((row) => JSON.stringify(row)).sort();
  assert.deepEqual(sorted(seen), sorted([...expected, ['Checked Out', 'janedoe', 79.6]]));
}
