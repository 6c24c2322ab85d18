// Makes the pictures of the sandbox's page in docs/images, of the built package: `npm run screenshots`.
// The same events at the same time each time, so that a picture changes only with the page.
import { createHash } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { WebEngageSandbox } from '../dist/esm/sandbox/index.js';
import { findChromium } from '../test/support/chromium.mjs';

const FOLDER = fileURLToPath(new URL('../docs/images/', import.meta.url));
const LOCK_FILE = fileURLToPath(new URL('../sample-app/webengage.lock.json', import.meta.url));
const LICENSE_CODE = '~2024bb40';
const OPENED = 'Purchased';
const QUOTA = { single: 50, bulk: 10 };
const START = Date.parse('2026-03-14T09:26:00Z');
const SECOND = 1_000;

const PICTURES = [
  { name: 'sandbox-light', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { name: 'sandbox-dark', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { name: 'sandbox-phone', colorScheme: 'light', viewport: { width: 375, height: 720 }, deviceScaleFactor: 2 },
];

const PERFUME = { 'Product ID': 1337, Product: 'Givenchy Pour Homme Cologne', Category: 'Fragrance', Price: 39.8 };
const SOAP = { 'Product ID': 2021, Product: 'Marseille Soap', Category: 'Bath', Price: 6.5 };
const ORDER = { 'Order ID': 10248, Items: [1337, 2021], Currency: 'USD', Gift: false };

/** What a small shop sends, the oldest first; `attempts` says how many answers of the first get lost. */
const CALLS = [
  { seconds: 2, userId: 'johndoe', eventName: 'Purchased', eventData: { ...ORDER, 'Order ID': 10247, Total: 46.3 } },
  { seconds: 3, anonymousId: 'visitor-7f3a', eventName: 'Product Viewed', eventData: SOAP },
  { seconds: 4, userId: 'amelie', eventName: 'Product Viewed', eventData: PERFUME },
  { seconds: 6, userId: 'amelie', eventName: 'Added to Cart', eventData: { ...PERFUME, Quantity: 1 }, attempts: 3 },
  { seconds: 11, userId: 'johndoe', eventName: 'Product Viewed', eventData: PERFUME },
  { seconds: 13, userId: 'raj.patel', eventName: 'Coupon Applied', eventData: { Code: 'SPRING', Discount: 5 } },
  { seconds: 15, eventName: 'Newsletter Joined', eventData: { Source: 'Footer' } },
  { seconds: 17, userId: 'raj.patel', eventName: 'we_checkout', eventData: { Step: 2 } },
  { seconds: 19, userId: 'johndoe', eventName: 'Added to Cart', eventData: { ...SOAP, Quantity: 2 } },
  { seconds: 21, userId: 'mwangi', eventName: 'Product Viewed', eventData: SOAP },
  { seconds: 24, userId: 'mwangi', eventName: 'Review Written', eventData: { Stars: 5, Verified: true } },
  { seconds: 27, userId: 'amelie', eventName: OPENED, eventData: { ...ORDER, Total: '39.80 USD' } },
  { seconds: 30, anonymousId: 'visitor-91c2', eventName: 'Product Viewed', eventData: PERFUME },
];

await main();

async function main() {
  const executablePath = process.env.CHROMIUM_PATH || findChromium();
  if (executablePath === undefined) throw new Error('There is no CHROMIUM_PATH, and no chromium in the PATH');
  mkdirSync(FOLDER, { recursive: true });
  const sandbox = await startShop();
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  for (const picture of PICTURES) await take(picture, browser, sandbox.url);
  await browser.close();
  await sandbox.close();
}

async function startShop() {
  let now = START;
  const sandbox = await WebEngageSandbox.start({
    licenseCode: LICENSE_CODE,
    quota: QUOTA,
    lockFile: LOCK_FILE,
    now: () => now,
  });
  for (const [index, { seconds, attempts = 1, ...event }] of CALLS.entries()) {
    now = START + seconds * SECOND + ((index * 137) % SECOND);
    if (attempts > 1) sandbox.faults.add({ reset: 'after ingestion', calls: attempts - 1 });
    const requestId = createHash('md5').update(String(index)).digest('hex');
    for (let attempt = 0; attempt < attempts; attempt++) {
      await post(sandbox.url, event, requestId).catch(() => undefined);
      now += SECOND / 2;
    }
  }
  return sandbox;
}

async function post(url, event, requestId) {
  await fetch(`${url}/v1/accounts/${LICENSE_CODE}/events`, {
    method: 'POST',
    headers: { Authorization: 'Bearer key', 'Content-Type': 'application/json', 'x-request-id': requestId },
    body: JSON.stringify(event),
  });
}

async function take({ name, ...appearance }, browser, url) {
  const context = await browser.newContext({
    ...appearance,
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(url);
  const row = page.getByTestId('event-row').filter({ hasText: OPENED }).filter({ hasText: 'dropped' }).first();
  await row.waitFor();
  if (!name.endsWith('phone')) {
    await row.click();
    await page.getByTestId('finding').waitFor();
  }
  const path = `${FOLDER}${name}.png`;
  await page.screenshot({ path });
  console.log(`${name}.png: ${Math.ceil(statSync(path).size / 1_000)} kB`);
  await context.close();
}
