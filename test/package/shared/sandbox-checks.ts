import assert from 'node:assert/strict';
import { NestFactory } from '@nestjs/core';
import { EventsService, WebEngageModule } from 'nestjs-webengage';
import { WebEngageSandbox } from 'nestjs-webengage/sandbox';

// This file imports nothing from its own folder: ES modules and CommonJS spell such imports differently.

/** Sends an event through a fault to a sandbox of the package, and looks at the page that it serves. */
export async function checkSandbox(): Promise<void> {
  const sandbox = await WebEngageSandbox.start();
  try {
    await assertDeliveredThroughFault(sandbox);
    await assertPageIsServed(sandbox.url);
  } finally {
    await sandbox.close();
  }
  console.log('ok: a sandbox with a fault, and its page');
}

async function assertDeliveredThroughFault(sandbox: WebEngageSandbox): Promise<void> {
  const { description } = sandbox.faults.add({ status: 503, calls: 1 });
  const options = { licenseCode: '~2024bb40', apiKey: 'key', host: sandbox.url, retry: { minDelay: 1, maxDelay: 10 } };
  const app = await NestFactory.createApplicationContext(WebEngageModule.forRoot(options), { logger: false });
  try {
    const tracked = { userId: 'johndoe', eventName: 'Purchased', eventData: { Total: 79.6, we_x: 1 } };
    await assert.rejects(app.get(EventsService).track(tracked), { name: 'EventValidationError' });
    const { requestId } = await app.get(EventsService).track({ ...tracked, eventData: { Total: 79.6 } });
    const arrived = await sandbox.waitFor({ eventName: 'Purchased', eventData: { Total: 79.6 } }, { timeout: 10_000 });
    assert.equal(arrived.requestId, requestId);
  } finally {
    await app.close();
  }
  const attempts = sandbox.arrivals().flatMap((arrival) => arrival.attempts);
  const seen = attempts.map(({ outcome, status, fault }) => [outcome, status, fault]);
  assert.deepEqual(seen, [
    ['refused', 503, description],
    ['ingested', 201, undefined],
  ]);
  assert.deepEqual(sandbox.faults.list(), []);
}

/** With all that its pages name, and all that their scripts import. */
async function assertPageIsServed(url: string): Promise<void> {
  const served = new Map<string, string>();
  for (const path of ['/', '/api']) {
    const { type, body } = await get(url + path);
    assert.match(type, /^text\/html/);
    assert.match(body, /^<!doctype html>/i);
    for (const [, named] of body.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)) await getAll(url + named, served);
  }
  assert.match(served.get(`${url}/assets/page.js`) ?? '', /^text\/javascript/);
  assert.match(served.get(`${url}/assets/icon.svg`) ?? '', /^image\/svg/);
  const document = JSON.parse((await get(`${url}/api/openapi.json`)).body) as { openapi: string };
  assert.match(document.openapi, /^3\.1\./);
}

/** Gets a file and whatever it imports, and notes the type of each. */
async function getAll(url: string, served: Map<string, string>): Promise<void> {
  if (served.has(url)) return;
  const { type, body } = await get(url);
  served.set(url, type);
  for (const [, imported] of body.matchAll(/\bfrom '(\.[^']+)'/g)) await getAll(new URL(imported, url).href, served);
}

async function get(url: string): Promise<{ type: string; body: string }> {
  const response = await fetch(url);
  assert.equal(response.status, 200, url);
  return { type: response.headers.get('content-type') ?? '', body: await response.text() };
}
