import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { EventAttribute, WebEngageEvent } from 'nestjs-webengage';
import type { BrowserContextOptions } from 'playwright-core';
import { describeInBrowser, useBrowser } from './support/browser-fixture.js';
import { contrastOf, readColour } from './support/colours.js';
import { eventually } from './support/eventually.js';
import { post } from './support/post.js';
import type { SandboxPage } from './support/sandbox-page.js';

const PHONE = { viewport: { width: 375, height: 720 }, hasTouch: true, isMobile: true };
const APPEARANCES: [string, BrowserContextOptions][] = [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['on a phone', PHONE],
  ['on a phone in the dark', { ...PHONE, colorScheme: 'dark' }],
];
const MIN_CONTRAST = 4.5;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const VIOLATIONS = `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
  violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => id + ': ' + nodes.slice(0, 5).map(({ target, failureSummary }) => target + ' ' + failureSummary).join('; ')),
)`;
const OVERFLOW = 'document.documentElement.scrollWidth - innerWidth';

@WebEngageEvent('Purchased')
class Purchased {
  @EventAttribute('Price', Number) price!: number;
}

describeInBrowser("the page's appearance", () => {
  const fixture = useBrowser();

  /** A page with an event of every verdict. */
  async function openWithEvents(context: BrowserContextOptions): Promise<SandboxPage> {
    await fixture.startSandbox({ catalog: [Purchased] });
    const { sandbox } = fixture;
    const eventData = { Price: 39.8, Product: 'Givenchy Pour Homme Cologne', Paid: true, Sizes: [1, 2], Box: { a: 1 } };
    await post(sandbox, { userId: 'johndoe', eventName: 'Purchased', eventData }, { requestId: 'a1b2c3' });
    await post(sandbox, { userId: 'johndoe', eventName: 'Purchased', eventData }, { requestId: 'a1b2c3' });
    await post(sandbox, { userId: 'johndoe', eventName: 'Purchased', eventData: { ...eventData, Price: '39' } });
    await post(sandbox, { userId: 'johndoe', eventName: 'we_viewed' });
    await post(sandbox, { eventName: 'Nobody' });
    await post(sandbox, { userId: 'johndoe', eventName: 'Misspelt', evenData: {} });
    const { id } = sandbox.faults.add({ reset: 'before ingestion' });
    await post(sandbox, { userId: 'johndoe', eventName: 'Lost' }).catch(() => undefined);
    sandbox.faults.remove(id);
    sandbox.faults.add({ status: 503, probability: 0 });
    const page = await fixture.open({ context });
    await page.get('count').filter({ hasText: '6 events' }).waitFor();
    return page;
  }

  async function colours(page: SandboxPage): Promise<{ text: number[]; background: number[] }> {
    const style = (element: string, property: string): Promise<string> =>
      page.read<string>(`getComputedStyle(document.${element}).${property}`);
    const text = readColour(await style('body', 'color'));
    const background = readColour(await style('documentElement', 'backgroundColor'));
    return { text, background };
  }

  it('is light or dark as the system is, and readable in both', async () => {
    const light = await colours(await fixture.open({ context: { colorScheme: 'light' } }));
    const dark = await colours(await fixture.open({ context: { colorScheme: 'dark' } }));
    expect(Math.min(...light.background)).toBeGreaterThan(200);
    expect(Math.max(...dark.background)).toBeLessThan(60);
    expect(contrastOf(light.text, light.background)).toBeGreaterThanOrEqual(MIN_CONTRAST);
    expect(contrastOf(dark.text, dark.background)).toBeGreaterThanOrEqual(MIN_CONTRAST);
  });

  it('changes with the system, without a reload', async () => {
    const page = await fixture.open({ context: { colorScheme: 'light' } });
    const before = await colours(page);
    await page.page.emulateMedia({ colorScheme: 'dark' });
    expect(await colours(page)).not.toEqual(before);
  });

  it.each(APPEARANCES)('has no serious fault of accessibility: %s', async (_what, context) => {
    // What checks it is put into the page, which its policy rightly forbids.
    const page = await openWithEvents({ ...context, bypassCSP: true, reducedMotion: 'reduce' });
    await page.page.addScriptTag({ content: AXE });
    const violations = (): Promise<string[]> => page.read<string[]>(VIOLATIONS);
    expect(await violations()).toEqual([]);
    for (const name of ['we_viewed', 'Purchased', 'Misspelt']) {
      await page.openEvent(name);
      expect(await violations()).toEqual([]);
      await page.page.keyboard.press('Escape');
    }
    await page.get('tab-types').click();
    await page.get('type-table').locator('summary', { hasText: 'Purchased' }).click();
    expect(await violations()).toEqual([]);
    await page.get('tab-faults').click();
    await page.get('fault-list').getByRole('button').waitFor();
    expect(await violations()).toEqual([]);
    await page.page.goto(`${fixture.sandbox.url}/api`);
    await page.page.locator('details.operation').first().waitFor();
    await page.page.addScriptTag({ content: AXE });
    expect(await violations()).toEqual([]);
  });

  it('fits a width of 375 pixels, every view of it', async () => {
    const page = await openWithEvents(PHONE);
    expect(await page.read<number>(OVERFLOW)).toBe(0);
    await page.get('tab-types').click();
    await page.get('type-table').locator('summary', { hasText: 'Purchased' }).click();
    expect(await page.read<number>(OVERFLOW)).toBe(0);
    await page.get('tab-faults').click();
    await page.get('fault-list').getByRole('button').waitFor();
    expect(await page.read<number>(OVERFLOW)).toBe(0);
    await page.page.goto(`${fixture.sandbox.url}/api`);
    await page.page.locator('details.operation summary').first().click();
    expect(await page.read<number>(OVERFLOW)).toBe(0);
  });

  it('covers a phone with the detail of an event, from which "Back" leads to the list', async () => {
    const page = await openWithEvents(PHONE);
    await page.openEvent('Purchased');
    expect(await page.detail.boundingBox()).toMatchObject({ x: 0, width: 375 });
    const covered = 'document.elementFromPoint(187, 20).closest("#detail") !== null';
    expect(await page.read<boolean>(covered)).toBe(true);
    expect(await page.read<number>(OVERFLOW)).toBe(0);
    await page.detail.getByRole('button', { name: 'Back' }).click();
    await page.detail.waitFor({ state: 'hidden' });
    expect(await page.focusedId()).toBe('event-list');
    await page.openEvent('we_viewed');
  });

  it('keeps the open event in sight when a wide window becomes narrow and wide again', async () => {
    const page = await openWithEvents({ viewport: { width: 1280, height: 800 } });
    await page.openEvent('we_viewed');
    for (const width of [375, 1280]) {
      await page.page.setViewportSize({ width, height: 800 });
      await eventually(async () => expect(await page.read<number>(OVERFLOW)).toBe(0));
      await page.detail.getByRole('heading', { name: 'we_viewed' }).waitFor();
    }
  });
});
