import assert from 'node:assert/strict';
import type { EventsService } from 'nestjs-webengage';

// This file imports nothing from its own folder: ES modules and CommonJS spell such imports differently.

/** A plain catalog, without a class: it is for the compiler alone. */
declare module 'nestjs-webengage' {
  interface WebEngageEvents {
    'Wish Granted': { 'Product ID': number; Message?: string };
  }
}

/** Tracks by a name whose attributes are declared; what is declared otherwise does not compile. */
export async function grantWish(events: EventsService, userId: string): Promise<void> {
  const eventName = 'Wish Granted';
  await events.track({ userId, eventName, eventData: { 'Product ID': 7, Message: 'Enjoy it' } });
  // @ts-expect-error the attribute is called Product ID
  await assert.rejects(events.track({ userId: '', eventName, eventData: { Product: 7 } }));
  // @ts-expect-error it is a number
  await assert.rejects(events.track({ userId: '', eventName, eventData: { 'Product ID': '7' } }));
  // @ts-expect-error it has one that is mandatory
  await assert.rejects(events.track({ userId: '', eventName }));
}
