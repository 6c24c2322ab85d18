import { beforeEach, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { describeInBrowser, useBrowser } from './support/browser-fixture.js';
import { eventually } from './support/eventually.js';
import { post } from './support/post.js';
import type { SandboxPage } from './support/sandbox-page.js';

describeInBrowser("the page's filters", () => {
  const fixture = useBrowser();
  let page: SandboxPage;

  beforeEach(async () => {
    const { sandbox } = fixture;
    await post(sandbox, { userId: 'johndoe', eventName: 'Purchased', eventData: { Coupon: 'SUMMER' } });
    await post(sandbox, { userId: 'janedoe', eventName: 'Purchased', eventData: { Coupon: 7 } });
    await post(sandbox, { anonymousId: 'visitor-1', eventName: 'Added to Cart' });
    await post(sandbox, { userId: 'johndoe', eventName: 'we_viewed' });
    page = await fixture.open();
    await page.get('count').filter({ hasText: '4 events' }).waitFor();
  });

  async function expectNames(names: readonly string[], count: string): Promise<void> {
    await eventually(async () => expect(await page.names.allInnerTexts()).toEqual(names));
    expect(await page.count()).toBe(count);
  }

  it('lets through what has the event, the user, or the text', async () => {
    const cases: [string, string, string[]][] = [
      ['filter-event', 'purch', ['Purchased', 'Purchased']],
      ['filter-user', 'johndoe', ['we_viewed', 'Purchased']],
      ['filter-user', 'visitor', ['Added to Cart']],
      ['filter-text', 'summer', ['Purchased']],
      ['filter-text', 'typeConflict', ['Purchased']],
    ];
    for (const [filter, text, names] of cases) {
      await page.get(filter).fill(text);
      await expectNames(names, `${names.length} of 4 events`);
      await page.get(filter).fill('');
    }
    await expectNames(['we_viewed', 'Added to Cart', 'Purchased', 'Purchased'], '4 events');
  });

  it('lets through only what has problems', async () => {
    await page.get('filter-problems').check({ force: true });
    await expectNames(['we_viewed', 'Purchased'], '2 of 4 events');
  });

  it('asks all filters at once, of what comes in later too', async () => {
    await page.get('filter-event').fill('purchased');
    await page.get('filter-user').fill('doe');
    await page.get('filter-problems').check({ force: true });
    await expectNames(['Purchased'], '1 of 4 events');
    await post(fixture.sandbox, { userId: 'janedoe', eventName: 'Purchased', eventData: { Coupon: 8 } });
    await post(fixture.sandbox, { userId: 'janedoe', eventName: 'Added to Cart' });
    await page.get('count').filter({ hasText: '2 of 6 events' }).waitFor();
  });

  it('says when nothing passes, and offers to clear the filters', async () => {
    await page.get('filter-text').fill('nothing has this');
    await page.button('Clear the filters').click();
    await page
      .get('count')
      .filter({ hasText: /^4 events$/ })
      .waitFor();
    expect(await page.get('filter-text').inputValue()).toBe('');
  });

  it('stay over a reload', async () => {
    await page.get('filter-user').fill('johndoe');
    await page.get('filter-problems').check({ force: true });
    await expectNames(['we_viewed'], '1 of 4 events');
    await page.page.reload();
    await expectNames(['we_viewed'], '1 of 4 events');
    expect(await page.get('filter-user').inputValue()).toBe('johndoe');
    expect(await page.get('filter-problems').isChecked()).toBe(true);
  });

  async function exported(): Promise<{ name: string; lines: Record<string, unknown>[] }> {
    const [download] = await Promise.all([page.page.waitForEvent('download'), page.get('export').click()]);
    const text = readFileSync(await download.path(), 'utf8');
    const lines = text.split('\n').filter((line) => line !== '');
    return { name: download.suggestedFilename(), lines: lines.map((line) => JSON.parse(line)) };
  }

  it('exports all events as JSON Lines, whole', async () => {
    const { name, lines } = await exported();
    expect(name).toMatch(/\.jsonl$/);
    expect(lines).toEqual(JSON.parse(JSON.stringify(fixture.sandbox.arrivals())));
    expect(lines.map(({ eventName }) => eventName)).toEqual(['Purchased', 'Purchased', 'Added to Cart', 'we_viewed']);
  });

  it('exports what passes the filters', async () => {
    await page.get('filter-event').fill('Purchased');
    await page.get('filter-user').fill('janedoe');
    await expectNames(['Purchased'], '1 of 4 events');
    expect((await exported()).lines).toMatchObject([{ eventName: 'Purchased', userId: 'janedoe' }]);
  });

  it('exports only what has problems', async () => {
    await page.get('filter-problems').check({ force: true });
    await expectNames(['we_viewed', 'Purchased'], '2 of 4 events');
    expect((await exported()).lines.map(({ eventName }) => eventName)).toEqual(['Purchased', 'we_viewed']);
  });

  it('exports just what it shows, of parts of names and texts too', async () => {
    await post(fixture.sandbox, { userId: 'johndoe', eventName: 'Repurchased', evenData: 1 });
    await post(fixture.sandbox, { userId: 'mary', eventName: 'Purchased', eventData: { Note: 'say "Hello"' } });
    await post(fixture.sandbox, { eventName: 'Purchased' });
    const cases: [Record<string, string>, problems: boolean, names: string[]][] = [
      [{ 'filter-event': 'URCH', 'filter-user': 'DOE' }, false, ['Repurchased', 'Purchased', 'Purchased']],
      [{ 'filter-event': 'urch', 'filter-user': 'doe' }, true, ['Repurchased', 'Purchased']],
      [{ 'filter-event': 'urch' }, true, ['Purchased', 'Repurchased', 'Purchased']],
      [{ 'filter-text': 'SAY "hello"' }, false, ['Purchased']],
      [{ 'filter-user': 'visitor' }, false, ['Added to Cart']],
    ];
    for (const [filters, problems, names] of cases) {
      for (const [filter, text] of Object.entries(filters)) await page.get(filter).fill(text);
      await page.get('filter-problems').setChecked(problems, { force: true });
      await expectNames(names, `${names.length} of 7 events`);
      expect((await exported()).lines.map(({ eventName }) => eventName).reverse()).toEqual(names);
      for (const filter of Object.keys(filters)) await page.get(filter).fill('');
    }
  });
});
