import { expect, it } from '@jest/globals';
import { describeInBrowser, useBrowser } from './support/browser-fixture.js';
import { post } from './support/post.js';
import type { SandboxPage } from './support/sandbox-page.js';

interface ShownFinding {
  readonly rule: string;
  readonly text: string;
}

async function findingsOf(page: SandboxPage): Promise<ShownFinding[]> {
  const findings = await page.findings.all();
  return Promise.all(
    findings.map(async (finding) => ({
      rule: await finding.locator('.rule').innerText(),
      text: await finding.innerText(),
    })),
  );
}

describeInBrowser("the page's verdicts", () => {
  const fixture = useBrowser();

  async function badgeOf(page: SandboxPage, name: string): Promise<string[]> {
    return page.rows.filter({ hasText: name }).first().getByTestId('badge').allInnerTexts();
  }

  it('has no badge for an event that is kept, and says so in its detail', async () => {
    const page = await fixture.open();
    await post(fixture.sandbox, { userId: 'a', eventName: 'Purchased', eventData: { Price: 39.8 } });
    await page.openEvent('Purchased');
    expect(await badgeOf(page, 'Purchased')).toEqual([]);
    expect(await page.detail.getByTestId('badge').innerText()).toMatch(/kept/);
    expect(await findingsOf(page)).toEqual([]);
  });

  it('names the attributes that are dropped for their type, with the rule and the fix', async () => {
    const page = await fixture.open();
    await post(fixture.sandbox, { userId: 'a', eventName: 'Purchased', eventData: { Price: 39.8 } });
    await post(fixture.sandbox, { userId: 'b', eventName: 'Purchased', eventData: { Price: '39.80', Size: 'M' } });
    await page.rows.nth(1).waitFor();
    expect(await badgeOf(page, 'Purchased')).toEqual([expect.stringMatching(/attributes dropped/)]);
    await page.openEvent('Purchased');
    const [finding, ...others] = await findingsOf(page);
    expect(others).toEqual([]);
    expect(finding.rule).toBe('typeConflict');
    expect(finding.text).toMatch(/eventData\["Price"\] is a String, but the first data point made .* a Number/);
    expect(finding.text).toMatch(/Fix: Send a Number again/);
    const dropped = page.detail.locator('tr[data-dropped]');
    expect(await dropped.count()).toBe(1);
    expect(await dropped.innerText()).toMatch(/Price[\s\S]*dropped[\s\S]*39\.80[\s\S]*String/);
  });

  it('says why a whole event is dropped', async () => {
    const page = await fixture.open();
    await post(fixture.sandbox, { userId: 'a', eventName: 'we_purchased', eventTime: '2026-01-01' });
    await page.openEvent('we_purchased');
    expect(await badgeOf(page, 'we_purchased')).toEqual([expect.stringMatching(/event dropped/)]);
    expect(await findingsOf(page)).toEqual([
      { rule: 'reservedPrefix', text: expect.stringMatching(/Fix: Choose a name that does not begin with "we_"/) },
      { rule: 'dateFormat', text: expect.stringMatching(/Fix: Write it like 2018-09-15T18:29:00-0800/) },
    ]);
  });

  it.each([
    ['no user', { eventName: 'Purchased' }, 'key', /400[\s\S]*userId and anonymousId cannot be empty[\s\S]*Fix: Mend/],
    ['a wrong key', { userId: 'a', eventName: 'Purchased' }, 'other', /401[\s\S]*Fix: Send `Authorization: Bearer/],
  ])('says why a call with %s is refused', async (_what, event, apiKey, text) => {
    const page = await fixture.open();
    await post(fixture.sandbox, event, { apiKey });
    await page.openEvent('Purchased');
    expect(await badgeOf(page, 'Purchased')).toEqual([expect.stringMatching(/refused/)]);
    expect(await findingsOf(page)).toEqual([{ rule: 'refused', text: expect.stringMatching(text) }]);
  });

  it('tells a field that WebEngage ignores, and counts it as a problem', async () => {
    const page = await fixture.open();
    await post(fixture.sandbox, { userId: 'a', eventName: 'Viewed' });
    await post(fixture.sandbox, { userId: 'a', eventName: 'Purchased', evenData: { Price: 39.8 } });
    await page.openEvent('Purchased');
    expect(await badgeOf(page, 'Purchased')).toEqual([expect.stringMatching(/field ignored/)]);
    expect(await page.detail.getByTestId('badge').innerText()).toMatch(/field ignored/);
    expect(await findingsOf(page)).toEqual([
      { rule: 'unknownField', text: expect.stringMatching(/"evenData" is no field[\s\S]*Did you mean eventData\?/) },
    ]);
    expect(await page.page.title()).toBe('(1) WebEngage sandbox');
    await page.get('filter-problems').check({ force: true });
    await page.get('count').filter({ hasText: '1 of 2 events' }).waitFor();
    expect(await page.names.allInnerTexts()).toEqual(['Purchased']);
  });

  it('says that a status was the doing of a fault', async () => {
    const page = await fixture.open();
    fixture.sandbox.faults.add({ status: 401, calls: 1 });
    await post(fixture.sandbox, { userId: 'a', eventName: 'Purchased' });
    await page.openEvent('Purchased');
    expect(await findingsOf(page)).toEqual([
      { rule: 'fault', text: expect.stringMatching(/A fault of the sandbox answers 401[\s\S]*Nothing is wrong/) },
    ]);
  });

  it.each([
    ['wide', { width: 1280, height: 800 }],
    ['as narrow as a phone', { width: 375, height: 720 }],
  ])('says in the row of an event without attributes what is wrong: %s', async (_what, viewport) => {
    const page = await fixture.open({ context: { viewport } });
    await post(fixture.sandbox, { eventName: 'Nobody' });
    await post(fixture.sandbox, { userId: 'a', eventName: 'we_viewed' });
    const attributesOf = (name: string): Promise<string> =>
      page.rows.filter({ hasText: name }).locator('.row-attributes').innerText();
    expect(await attributesOf('Nobody')).toMatch(/^Error: userId and anonymousId cannot be empty/);
    expect(await attributesOf('we_viewed')).toMatch(/^eventName must not start with "we_"/);
  });

  it('leads from one attribute too many to those that take up the room', async () => {
    const page = await fixture.open();
    const eventData = Object.fromEntries(Array.from({ length: 27 }, (_, number) => [`Size ${number}`, number]));
    await post(fixture.sandbox, { userId: 'a', eventName: 'Measured', eventData });
    await post(fixture.sandbox, { userId: 'a', eventName: 'Purchased', eventData: { Price: 39.8 } });
    await page.openEvent('Measured');
    await page.button('See this event’s data types').click();
    await page.get('type-table').locator('summary:visible', { hasText: 'Measured' }).waitFor();
    expect(await page.get('type-table').locator('summary:visible').count()).toBe(1);
    expect(await page.focusedId()).toBe('tab-types');
  });

  it('shows calls whose body or URL cannot be read', async () => {
    const page = await fixture.open();
    await post(fixture.sandbox, '{"userId":');
    await page.openEvent('No event name');
    expect(await findingsOf(page)).toEqual([{ rule: 'refused', text: expect.stringMatching(/400[\s\S]*valid JSON/) }]);
    await post(fixture.sandbox, { userId: 'a', eventName: 'Elsewhere' }, { licenseCode: 'other' });
    await page.openEvent('Elsewhere');
    expect(await findingsOf(page)).toEqual([{ rule: 'refused', text: expect.stringMatching(/404[\s\S]*Invalid URL/) }]);
  });

  it('says that a call got no answer, and changes that when it is sent again', async () => {
    const page = await fixture.open();
    fixture.sandbox.faults.add({ reset: 'before ingestion', calls: 1 });
    const event = { userId: 'a', eventName: 'Purchased' };
    await expect(post(fixture.sandbox, event, { requestId: 'abc' })).rejects.toThrow();
    await page.openEvent('Purchased');
    expect(await badgeOf(page, 'Purchased')).toEqual([expect.stringMatching(/no answer/)]);
    expect(await findingsOf(page)).toEqual([
      { rule: 'no answer', text: expect.stringMatching(/resets the connection[\s\S]*Fix: Send it again/) },
    ]);
    await post(fixture.sandbox, event, { requestId: 'abc' });
    await page.detail.getByTestId('badge').filter({ hasText: 'kept' }).waitFor();
    expect(await findingsOf(page)).toEqual([]);
  });
});
