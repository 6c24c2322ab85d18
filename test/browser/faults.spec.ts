import { expect, it } from '@jest/globals';
import { EventsService, WebEngageApiError } from 'nestjs-webengage';
import { startTracking } from '../support/tracking-context.js';
import { describeInBrowser, type OpenOptions, useBrowser } from './support/browser-fixture.js';
import { eventually } from './support/eventually.js';
import { post } from './support/post.js';
import type { SandboxPage } from './support/sandbox-page.js';

const EVENT = { userId: 'johndoe', eventName: 'Purchased' };

describeInBrowser("the page's fault panel", () => {
  const fixture = useBrowser();

  async function openFaults(options?: OpenOptions): Promise<SandboxPage> {
    const page = await fixture.open(options);
    await page.get('tab-faults').click();
    return page;
  }

  function listed(page: SandboxPage, text: string | RegExp) {
    return page.get('fault-list').locator('li', { hasText: text });
  }

  it('makes a client see 503 with Retry-After, for as many calls as it says', async () => {
    const page = await openFaults();
    await page.get('fault-kind').selectOption('status');
    await page.get('fault-status').fill('503');
    await page.get('fault-retry-after').fill('7');
    await page.get('fault-calls').fill('2');
    await page.get('fault-add').click();
    await listed(page, 'answers 503 with Retry-After').filter({ hasText: '2 calls left' }).waitFor();

    const refused = await post(fixture.sandbox, EVENT);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('Retry-After')).toBe('7');
    await listed(page, 'Applied to 1 call, 1 call left').waitFor();
    expect((await post(fixture.sandbox, EVENT)).status).toBe(503);
    await listed(page, 'answers 503').waitFor({ state: 'detached' });
    expect((await post(fixture.sandbox, EVENT)).status).toBe(201);
  });

  it("makes the library's own client fail, and lets it succeed once it is removed", async () => {
    const page = await openFaults();
    await page.get('fault-scope').selectOption('always');
    await page.get('fault-message').fill('Down for a while');
    await page.get('fault-add').click();
    await listed(page, 'answers 503').waitFor();
    const { app } = await startTracking({
      licenseCode: '~abc',
      apiKey: 'key',
      host: fixture.sandbox.url,
      delivery: { mode: 'direct' },
      retry: { maxAttempts: 1 },
    });
    const events = app.get(EventsService);
    const failure: unknown = await events.track(EVENT).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(WebEngageApiError);
    expect(failure).toMatchObject({ status: 503, message: expect.stringContaining('Down for a while') });
    await listed(page, 'answers 503').getByRole('button').click();
    await listed(page, 'None.').waitFor();
    expect(await events.track(EVENT)).toMatchObject({ state: 'delivered' });
    await app.close();
  });

  it('adds common faults with one click, counts them on its tab, and removes them all', async () => {
    const page = await openFaults();
    await page.button('503 for the next 5 calls').click();
    await page.button('2 s slow').click();
    await listed(page, 'waits 2000 ms').waitFor();
    expect(fixture.sandbox.faults.list()).toMatchObject([{ status: 503, calls: 5 }, { latency: 2000 }]);
    await eventually(async () => expect(await page.get('tab-faults').innerText()).toMatch(/Faults\s*2/));
    await page.button('Remove all').click();
    await listed(page, 'None.').waitFor();
    expect(fixture.sandbox.faults.list()).toEqual([]);
  });

  it('shows what a test adds and removes', async () => {
    const page = await openFaults();
    const { id } = fixture.sandbox.faults.add({ rate: 3 });
    await listed(page, 'lets 3 calls through a second').waitFor();
    fixture.sandbox.faults.remove(id);
    await listed(page, 'None.').waitFor();
  });

  it("shows the sandbox's message beside the field that is wrong", async () => {
    const page = await openFaults({ console: /status of 400/ });
    await page.get('fault-status').fill('99');
    await page.get('fault-add').click();
    const field = page.get('fault-form').locator('label', { has: page.get('fault-status') });
    await field.getByText(/must be a whole number from 200 to 599/).waitFor();
    expect(await page.get('fault-status').getAttribute('aria-invalid')).toBe('true');
    expect(await page.get('fault-error').innerText()).toBe('');
    expect(fixture.sandbox.faults.list()).toEqual([]);
    await page.get('fault-status').fill('500');
    await page.get('fault-add').click();
    await listed(page, 'answers 500').waitFor();
    expect(await field.getByText(/must be/).count()).toBe(0);
  });

  it('adds faults of every kind', async () => {
    const page = await openFaults();
    const faults = {
      rate: { rate: 5, calls: 5 },
      latency: { latency: 2000, calls: 5 },
      hang: { hang: true, calls: 5 },
      'reset before ingestion': { reset: 'before ingestion', calls: 5 },
      'reset after ingestion': { reset: 'after ingestion', calls: 5 },
    };
    for (const [kind, fault] of Object.entries(faults)) {
      await page.get('fault-kind').selectOption(kind);
      await page.get('fault-add').click();
      await eventually(() => expect(fixture.sandbox.faults.list()).toMatchObject([fault]));
      fixture.sandbox.faults.clear();
    }
  });

  it('adds a fault by chance, with its seed', async () => {
    const page = await openFaults();
    await page.get('fault-scope').selectOption('probability');
    await page.get('fault-probability').fill('0.25');
    await page.get('fault-seed').fill('7');
    await page.get('fault-add').click();
    await listed(page, '25 % of them').waitFor();
    expect(fixture.sandbox.faults.list()).toMatchObject([{ status: 503, probability: 0.25, seed: 7 }]);
  });
});
