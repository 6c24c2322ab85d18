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
