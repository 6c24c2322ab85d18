import { expect, it } from '@jest/globals';
import { EventAttribute, WebEngageEvent } from 'nestjs-webengage';
import { describeInBrowser, useBrowser } from './support/browser-fixture.js';
import { post } from './support/post.js';
import type { SandboxPage } from './support/sandbox-page.js';

const MARKUP = [
  '<script>window.hacked = 1</script>',
  '<img src=x onerror="window.hacked = 1">',
  '"><svg onload=alert(1)>',
  "javascript:alert('1')",
  '</script><script>alert(1)</script>',
  '{{constructor.constructor("alert(1)")()}}',
];
const MEGABYTE = 1_000_000;

/** A class of this name, for an event and an attribute of this name. */
function hostileClass(name: string): new () => object {
  const hostile = { [name]: class {} }[name];
  EventAttribute(name, Number)(hostile.prototype as { value?: number }, 'value');
  return WebEngageEvent(name)(hostile);
}

describeInBrowser('the page, given hostile events,', () => {
  const fixture = useBrowser();

  /** Elements that only an event could have made. */
  const smuggled = (page: SandboxPage): Promise<number> =>
    page.read<number>('document.querySelectorAll("main script, main svg, img:not([src^=\\"/assets/\\"])").length');

  async function expectNothingRan(page: SandboxPage): Promise<void> {
    expect(await smuggled(page)).toBe(0);
    expect(await page.read('window.hacked')).toBeUndefined();
  }

  it('shows markup as text: in names, users, times, attributes and request ids', async () => {
    const page = await fixture.open();
    for (const markup of MARKUP) {
      const eventData = { [markup]: markup, nested: { [markup]: [markup] } };
      const event = { userId: markup, eventName: markup, eventTime: markup, eventData };
      await post(fixture.sandbox, event, { requestId: markup });
      await page.names.getByText(markup, { exact: true }).waitFor();
      await page.openEvent(markup);
      // The list has a preview only; the detail has the whole event.
      await page.detail.locator('table.attributes').getByText(markup, { exact: true }).first().waitFor();
      await expectNothingRan(page);
    }
    await page.page.reload();
    await page.get('filter-text').fill(MARKUP[0]);
    await page.get('count').filter({ hasText: '1 of 6 events' }).waitFor();
    expect(await page.names.allInnerTexts()).toEqual([MARKUP[0]]);
    await expectNothingRan(page);
  });

  it('shows markup as text: in the type table, and in the names of classes', async () => {
    await fixture.startSandbox({ catalog: MARKUP.map(hostileClass) });
    for (const markup of MARKUP) {
      await post(fixture.sandbox, { userId: 'a', eventName: markup, eventData: { [markup]: markup } });
    }
    const page = await fixture.open({ path: '/#tab=types' });
    for (const markup of MARKUP) {
      const event = page
        .get('type-table')
        .locator('details')
        .filter({ has: page.page.getByText(markup, { exact: true }) });
      await event.locator('summary').click();
      await event.locator('tbody').getByText(markup, { exact: true }).waitFor();
      await event.locator('tbody').getByText(`${markup}.value`, { exact: true }).waitFor();
      expect(await event.getByTestId('class-names').innerText()).toBe(markup);
    }
    await page.get('tab-events').click();
    await page.openEvent(MARKUP[0]);
    expect(await page.detail.getByTestId('class-names').innerText()).toBe(MARKUP[0]);
    await expectNothingRan(page);
  });

  it('shows markup in the message of a fault as text', async () => {
    const page = await fixture.open();
    for (const [index, message] of MARKUP.entries()) {
      const { id } = fixture.sandbox.faults.add({ status: 503, message });
      await post(fixture.sandbox, { userId: 'a', eventName: `Purchased ${index}` });
      fixture.sandbox.faults.remove(id);
      await page.openEvent(`Purchased ${index}`);
      await page.detail.locator('.attempts').getByText(message, { exact: true }).waitFor();
    }
    await expectNothingRan(page);
  });

  it('cuts a String of a megabyte, and shows it whole on demand', async () => {
    const page = await fixture.open();
    const text = `${'long '.repeat(MEGABYTE / 5)}end`;
    await post(fixture.sandbox, { userId: 'a', eventName: 'Long', eventData: { Text: text } });
    await page.openEvent('Long');
    await page.findings.filter({ hasText: 'length' }).waitFor();
    await page.button('Show all 1,000,003 characters').waitFor();
    const shown =
      'document.querySelector("[data-testid=detail] .attributes td:nth-child(2) .value").textContent.length';
    expect(await page.read<number>(shown)).toBeLessThan(20_000);
    expect(
      await page.read<number>('document.querySelector("[data-testid=event-list]").textContent.length'),
    ).toBeLessThan(2_000);
    await page.button('Show all 1,000,003 characters').click();
    expect(await page.read<number>(shown)).toBe(text.length);
  });

  it('shows names and users of a megabyte', async () => {
    const page = await fixture.open();
    const name = 'n'.repeat(MEGABYTE);
    await post(fixture.sandbox, { userId: name, eventName: name, eventData: { [name]: 1 } });
    await page.rows.first().click();
    await page.findings.first().waitFor();
    await page.detail.getByRole('heading', { level: 2 }).getByText('nnn').waitFor();
    expect(await page.read<number>('document.body.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  });

  it('shows right-to-left text, NUL, halves of pairs, combining characters and line breaks', async () => {
    const page = await fixture.open();
    const texts = [
      ['שלום \u202Eevil', 'مرحبا'],
      ['nul\u0000name', 'user\u0000'],
      ['half\ud800', 'user\udfff'],
      [`zalgo${'\u0301'.repeat(40)}`, 'u\u0300'],
      ['one\ntwo\r\nthree', '\ttab'],
    ];
    for (const [index, [eventName, userId]] of texts.entries()) {
      await post(fixture.sandbox, { userId, eventName, eventData: { [eventName]: userId } });
      await page
        .get('count')
        .filter({ hasText: `${index + 1} event` })
        .waitFor();
      await page.rows.first().click();
      await page.detail.getByText('1 attempt', { exact: true }).waitFor();
      // Each text has a direction of its own, and so cannot turn that of what stands around it.
      expect(await page.detail.locator('h2 [dir=auto]').count()).toBe(1);
      await page.page.keyboard.press('Escape');
    }
    expect(await page.rows.count()).toBe(texts.length);
  });

  it("takes the names of objects' own properties for names like any other", async () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    for (const name of names) {
      const event = `{"userId":"${name}","eventName":"${name}","eventData":{"${name}":1,"other":"x"}}`;
      await post(fixture.sandbox, event);
      await post(fixture.sandbox, event.replace(':1,', ':"1",'));
    }
    const page = await fixture.open();
    for (const name of names) {
      await page.get('filter-event').fill(name);
      await page.get('count').filter({ hasText: '2 of 8 events' }).waitFor();
      await page.rows.filter({ hasText: 'attributes dropped' }).filter({ hasText: name }).click();
      await page.findings.filter({ hasText: 'typeConflict' }).filter({ hasText: name }).waitFor();
      const row = page.detail.locator('table.attributes tbody tr', { hasText: name });
      expect(await row.innerText()).toMatch(/dropped[\s\S]*String/);
    }
    await page.get('tab-types').click();
    for (const name of names) {
      const summary = page.get('type-table').locator('summary', { hasText: name });
      await summary.filter({ hasText: '1 data point dropped' }).waitFor();
    }
  });

  it('shows fields that are of no type that they should be', async () => {
    const page = await fixture.open();
    await post(fixture.sandbox, { userId: { a: 1 }, eventName: ['x'], eventData: [[[]]], eventTime: 7 });
    await post(fixture.sandbox, 'null');
    await post(fixture.sandbox, '[1, 2]');
    await post(fixture.sandbox, { events: [null, 1, 'x', { userId: true }] }, { bulk: true });
    await page.get('count').filter({ hasText: '7 events' }).waitFor();
    for (const row of await page.rows.all()) {
      await row.click();
      await page.detail.getByTestId('badge').filter({ hasText: 'refused' }).waitFor();
    }
  });
});
