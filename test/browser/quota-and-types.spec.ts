import { expect, it } from '@jest/globals';
import { describeInBrowser, useBrowser } from './support/browser-fixture.js';
import { eventually } from './support/eventually.js';
import { AddedToCart, LOCK_FILE } from '../sandbox/support/declared-events.js';
import { post } from './support/post.js';
import type { SandboxPage } from './support/sandbox-page.js';

const MINUTE = 60_000;
const START = '2026-01-01T00:00:00Z';
const EVENT = { userId: 'johndoe', eventName: 'Purchased' };

describeInBrowser("the page's quota", () => {
  const fixture = useBrowser();

  async function openWithQuota(): Promise<SandboxPage> {
    await fixture.startSandbox({ quota: { single: 5, bulk: 2 } });
    fixture.sandbox.clock.set(START);
    return fixture.open();
  }

  async function expectUsed(page: SandboxPage, bar: string, used: number, level: string): Promise<void> {
    await eventually(async () => {
      expect(await page.get(bar).getAttribute('aria-valuenow')).toBe(String(used));
      expect(await page.get(bar).getAttribute('data-level')).toBe(level);
    });
  }

  it('moves its bar with each call, warns near the end, and says when all is used', async () => {
    const page = await openWithQuota();
    await post(fixture.sandbox, EVENT);
    await expectUsed(page, 'quota-single', 1, 'normal');
    expect(await page.get('quota-single').innerText()).toContain('1 / 5');
    expect(await page.read<string>('document.querySelector("[data-testid=quota-single] .bar").style.width')).toBe(
      '20%',
    );
    for (let call = 2; call <= 4; call++) await post(fixture.sandbox, EVENT);
    await expectUsed(page, 'quota-single', 4, 'high');
    expect(await page.get('quota-single').innerText()).toContain('⚠ 4 / 5');
    await post(fixture.sandbox, EVENT);
    await expectUsed(page, 'quota-single', 5, 'full');
    expect(await page.get('quota-single').getAttribute('aria-valuetext')).toMatch(/429/);
    expect((await post(fixture.sandbox, EVENT)).status).toBe(429);
    await page.rows.filter({ hasText: '429' }).waitFor();
  });

  it('counts bulk calls apart, and begins anew with the next minute', async () => {
    const page = await openWithQuota();
    await post(fixture.sandbox, { events: [EVENT, EVENT] }, { bulk: true });
    await expectUsed(page, 'quota-bulk', 1, 'normal');
    await expectUsed(page, 'quota-single', 0, 'normal');
    fixture.sandbox.clock.advance(MINUTE);
    await expectUsed(page, 'quota-bulk', 0, 'normal');
  });

  it('says at what time a stopped clock stands', async () => {
    const page = await openWithQuota();
    await page.page.getByText(/Clock stopped at/).waitFor();
    fixture.sandbox.clock.reset();
    await page.page.getByText(/Clock stopped at/).waitFor({ state: 'hidden' });
  });
});

describeInBrowser("the page's type table", () => {
  const fixture = useBrowser();

  async function openTypes(): Promise<SandboxPage> {
    const page = await fixture.open();
    await page.get('tab-types').click();
    return page;
  }

  it("shows each event's attributes, their locked types and the conflicts, as they come", async () => {
    const page = await openTypes();
    await page.page.getByText('No data type is locked yet.').waitFor();
    await post(fixture.sandbox, { ...EVENT, eventData: { Price: 39.8, Paid: true } });
    await post(fixture.sandbox, { ...EVENT, eventData: { Price: '39.80' } });
    await post(fixture.sandbox, { ...EVENT, eventData: { Price: 'free' } });
    const summary = page.get('type-table').locator('summary', { hasText: 'Purchased' });
    await summary.filter({ hasText: '2 data points dropped' }).waitFor();
    expect(await summary.innerText()).toMatch(/Number[\s\S]*1 of 25[\s\S]*Boolean[\s\S]*1 of 25/);
    await summary.click();
    const rows = page.get('type-table').locator('tbody tr');
    await rows.nth(1).waitFor();
    expect(await rows.nth(0).innerText()).toMatch(/Price[\s\S]*Number[\s\S]*2 × String dropped/);
    expect(await rows.nth(1).innerText()).toMatch(/Paid[\s\S]*Boolean[\s\S]*none/);
  });

  it('shows the classes of events, what declares a type, and both types of a conflict, from the first data point on', async () => {
    await fixture.startSandbox({ catalog: [AddedToCart], lockFile: LOCK_FILE });
    const page = await openTypes();
    const summary = page.get('type-table').locator('summary', { hasText: 'AddedToCart' });
    await summary.filter({ hasText: '2 of 25' }).click();
    const row = (name: string) => page.get('type-table').locator('tbody tr', { hasText: name });
    expect(await row('Price').innerText()).toMatch(/Number[\s\S]*AddedToCart\.price[\s\S]*none/);
    expect(await row('Old Coupon').innerText()).toMatch(/String[\s\S]*webengage\.lock\.json/);
    await post(fixture.sandbox, { userId: 'a', eventName: 'Added to Cart', eventData: { Price: '39.80', Size: 'M' } });
    await post(fixture.sandbox, EVENT);
    await row('Price').and(page.page.locator('[data-conflict]')).filter({ hasText: '1 × String dropped' }).waitFor();
    expect(await row('Size').innerText()).toMatch(/first data point, \d\d:/);
    expect(await page.get('type-table').locator('tr[data-conflict]').count()).toBe(1);
    await page.page.getByLabel('Filter by event, class or attribute').fill('addedtocart');
    expect(await page.get('type-table').locator('summary:visible').count()).toBe(1);

    await page.get('tab-events').click();
    await page.openEvent('Added to Cart');
    const attribute = page.detail.locator('tr[data-dropped]');
    expect(await attribute.innerText()).toMatch(/Price[\s\S]*dropped[\s\S]*String[\s\S]*locked as Number/);
    expect(await page.detail.getByTestId('class-names').innerText()).toBe('AddedToCart');
    expect(await page.rows.getByTestId('class-names').allInnerTexts()).toEqual(['AddedToCart']);
    await page.findings.filter({ hasText: 'but AddedToCart declares it a Number' }).waitFor();
  });

  it('says when an event has 25 attributes of a type', async () => {
    const names = Array.from({ length: 26 }, (_, index) => `Attribute ${index}`);
    await post(fixture.sandbox, { ...EVENT, eventData: Object.fromEntries(names.map((name) => [name, 1])) });
    const page = await openTypes();
    const summary = page.get('type-table').locator('summary');
    await summary.filter({ hasText: '25 of 25' }).click();
    await page.page
      .getByText(/1 data point dropped: this event already has 25 attributes of the type Number/)
      .waitFor();
  });

  it('is filtered by name, and by conflicts', async () => {
    await post(fixture.sandbox, { ...EVENT, eventData: { Price: 1 } });
    await post(fixture.sandbox, { userId: 'a', eventName: 'Searched', eventData: { Text: 'shoes' } });
    await post(fixture.sandbox, { userId: 'a', eventName: 'Searched', eventData: { Text: 42 } });
    const page = await openTypes();
    const shown = page.get('type-table').locator('summary:visible');
    await eventually(async () => expect(await shown.count()).toBe(2));
    await page.page.getByLabel('Filter by event, class or attribute').fill('price');
    expect(await shown.allTextContents()).toEqual([expect.stringContaining('Purchased')]);
    await page.page.getByLabel('Filter by event, class or attribute').fill('');
    await page.page.getByLabel('Only conflicts').check({ force: true });
    expect(await shown.allTextContents()).toEqual([expect.stringContaining('Searched')]);
  });

  it('is still in sight after a reload', async () => {
    await post(fixture.sandbox, { ...EVENT, eventData: { Price: 1 } });
    const page = await openTypes();
    await page.page.reload();
    await page.get('type-table').locator('summary').filter({ hasText: 'Purchased' }).waitFor();
  });
});
