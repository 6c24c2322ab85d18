import { expect, it } from '@jest/globals';
import { EventsService } from 'nestjs-webengage';
import { startTracking } from '../support/tracking-context.js';
import { describeInBrowser, useBrowser } from './support/browser-fixture.js';
import { eventually } from './support/eventually.js';
import { manyEvents, post } from './support/post.js';

describeInBrowser("the page's list", () => {
  const fixture = useBrowser();

  it('says how to send the first event while there is none', async () => {
    const page = await fixture.open();
    await page.page.getByRole('heading', { name: 'No events yet' }).waitFor();
    expect(await page.page.locator('.snippet pre').first().innerText()).toBe(
      `WEBENGAGE_HOST=${fixture.sandbox.url}\nWEBENGAGE_LICENSE_CODE=any\nWEBENGAGE_API_KEY=any`,
    );
    expect(await page.count()).toMatch(/^(No|0) events$/);
  });

  it('shows an event as soon as it comes in, the newest first, without a reload', async () => {
    const page = await fixture.open();
    await page.read('window.isThatWhichWasLoadedFirst = true');
    await post(fixture.sandbox, { userId: 'johndoe', eventName: 'Added to Cart', eventData: { Price: 39.8 } });
    await page.rows.filter({ hasText: 'Added to Cart' }).waitFor();
    await post(fixture.sandbox, { anonymousId: 'visitor-1', eventName: 'Purchased' }, { requestId: '9629abcd' });
    await page.rows.filter({ hasText: 'Purchased' }).waitFor();
    expect(await page.names.allInnerTexts()).toEqual(['Purchased', 'Added to Cart']);
    expect(await page.rows.nth(0).innerText()).toMatch(/visitor-1[\s\S]*9629abcd[\s\S]*201/);
    expect(await page.rows.nth(1).innerText()).toMatch(/Price[\s\S]*39\.8[\s\S]*Number[\s\S]*johndoe/);
    expect(await page.count()).toBe('2 events');
    expect(await page.read('window.isThatWhichWasLoadedFirst')).toBe(true);
  });

  it("shows what came in before it was opened, and events of the library's own client", async () => {
    const { app } = await startTracking({
      licenseCode: '~abc',
      apiKey: 'key',
      host: fixture.sandbox.url,
      delivery: { mode: 'direct' },
    });
    const { requestId } = await app.get(EventsService).track({ userId: 'johndoe', eventName: 'Signed Up' });
    await app.close();
    const page = await fixture.open();
    await page.openEvent('Signed Up');
    expect(await page.detail.innerText()).toContain(requestId);
  });

  it('folds the re-attempts of a call into one row', async () => {
    const page = await fixture.open();
    const event = { userId: 'johndoe', eventName: 'Purchased' };
    fixture.sandbox.faults.add({ status: 503, calls: 1 });
    for (let attempt = 0; attempt < 3; attempt++) await post(fixture.sandbox, event, { requestId: 'abc123' });
    await page.rows.filter({ hasText: '3 attempts' }).waitFor();
    expect(await page.rows.count()).toBe(1);
    await page.openEvent('Purchased');
    expect(await page.detail.locator('table.attempts tbody tr').allInnerTexts()).toEqual([
      expect.stringContaining('503, refused'),
      expect.stringContaining('201, ingested'),
      expect.stringContaining('201, not ingested twice'),
    ]);
  });

  it('says "no answer" of an event whose answer got lost, and in its detail that it was ingested', async () => {
    const page = await fixture.open({ context: { viewport: { width: 1280, height: 800 } } });
    fixture.sandbox.faults.add({ reset: 'after ingestion', calls: 2 });
    const event = { userId: 'johndoe', eventName: 'Purchased' };
    for (let attempt = 0; attempt < 2; attempt++) {
      await post(fixture.sandbox, event, { requestId: 'abc123' }).catch(() => undefined);
    }
    const status = page.rows.filter({ hasText: '2 attempts' }).locator('.row-status');
    expect(await status.innerText()).toBe('no answer 2 attempts');
    const hidden = await page.read<number>(
      '{ const cell = document.querySelector(".row-status"); cell.scrollWidth - cell.clientWidth; }',
    );
    expect(hidden).toBe(0);
    await page.openEvent('Purchased');
    expect(await page.detail.innerText()).toMatch(/call was ingested, but the app got no answer/);
    await post(fixture.sandbox, event, { requestId: 'abc123' });
    await page.rows.filter({ hasText: '201 3 attempts' }).waitFor();
  });

  it('announces the problems that come in, not those that were there before', async () => {
    await post(fixture.sandbox, { eventName: 'Before' });
    const page = await fixture.open();
    await page.rows.filter({ hasText: 'Before' }).waitFor();
    await post(fixture.sandbox, { eventName: 'After' });
    const announced = page.page.locator('#announcer');
    await eventually(async () =>
      expect(await announced.textContent()).toBe('1 new problem event. The latest: After, refused.'),
    );
  });

  it('stands still while it is paused, and catches up', async () => {
    const page = await fixture.open();
    await post(fixture.sandbox, { userId: 'a', eventName: 'First' });
    await page.rows.filter({ hasText: 'First' }).waitFor();
    await page.button('Pause').click();
    await post(fixture.sandbox, { userId: 'a', eventName: 'Second' });
    await page.get('count').filter({ hasText: '1 waiting' }).waitFor();
    expect(await page.names.allInnerTexts()).toEqual(['First']);
    await page.button('Resume').click();
    await page.rows.filter({ hasText: 'Second' }).waitFor();
    expect(await page.names.allInnerTexts()).toEqual(['Second', 'First']);
  });

  it('forgets everything when it is cleared, once that is confirmed', async () => {
    await fixture.startSandbox({ seed: manyEvents(3) });
    const page = await fixture.open();
    await page.get('count').filter({ hasText: '3 events' }).waitFor();
    await page.get('clear').click();
    await page.button('Keep them').click();
    expect(fixture.sandbox.events()).toHaveLength(3);
    await page.get('clear').click();
    await page.get('clear-confirm').click();
    await page.page.getByRole('heading', { name: 'No events yet' }).waitFor();
    expect(fixture.sandbox.events()).toEqual([]);
    await eventually(async () => expect(await page.rows.count()).toBe(0));
  });

  it('keeps what comes in between the clearing and its answer', async () => {
    await fixture.startSandbox({ seed: manyEvents(3) });
    const page = await fixture.open();
    await page.get('count').filter({ hasText: '3 events' }).waitFor();
    await page.page.route('**/api/events', async (route) => {
      const response = await route.fetch();
      await post(fixture.sandbox, { userId: 'a', eventName: 'Meanwhile' });
      await page.names.getByText('Meanwhile').waitFor();
      await route.fulfill({ response });
    });
    await page.get('clear').click();
    await page.get('clear-confirm').click();
    await page.get('clear-confirm').waitFor({ state: 'hidden' });
    expect(await page.names.allInnerTexts()).toEqual(['Meanwhile']);
    expect(await page.count()).toBe('1 event');
  });

  it('loses no event that was ingested to a storm of calls that are refused', async () => {
    await fixture.startSandbox({ maxEvents: 20 });
    const page = await fixture.open();
    for (const eventName of ['First', 'Second']) await post(fixture.sandbox, { userId: 'a', eventName });
    await page.get('count').filter({ hasText: '2 events' }).waitFor();
    for (let call = 1; call <= 60; call++) await post(fixture.sandbox, { eventName: `Refused ${call}` });
    await page.names.getByText('Refused 60').waitFor();
    await eventually(async () => expect(await page.count()).toBe('22 events'));
    await page.read('{ const list = document.querySelector("#event-list"); list.scrollTop = list.scrollHeight; }');
    await eventually(async () =>
      expect((await page.names.allInnerTexts()).slice(-3)).toEqual(['Refused 41', 'Second', 'First']),
    );
  });

  it('follows what a test clears', async () => {
    await fixture.startSandbox({ seed: manyEvents(3) });
    const page = await fixture.open();
    await page.get('count').filter({ hasText: '3 events' }).waitFor();
    fixture.sandbox.clear();
    await eventually(async () => expect(await page.rows.count()).toBe(0));
  });

  it('keeps only few of 10,000 events in the document, and scrolls to the oldest', async () => {
    await fixture.startSandbox({ seed: manyEvents(10_000) });
    const page = await fixture.open();
    await page.get('count').filter({ hasText: '10,000 events' }).waitFor();
    await page.rows.filter({ hasText: 'Event 9999' }).waitFor();
    expect(await page.rows.count()).toBeLessThan(100);
    await page.read('{ const list = document.querySelector("#event-list"); list.scrollTop = list.scrollHeight; }');
    await page.names.getByText('Event 0', { exact: true }).waitFor();
    expect((await page.names.allInnerTexts()).at(-1)).toBe('Event 0');
    expect(await page.rows.count()).toBeLessThan(100);
    await page.openEvent('Event 0');
  });

  it('holds its place while events come in, and says how many', async () => {
    await fixture.startSandbox({ seed: manyEvents(200) });
    const page = await fixture.open();
    await page.rows.filter({ hasText: 'Event 199' }).waitFor();
    await page.read('document.querySelector("#event-list").scrollTop = 2000');
    await eventually(async () => expect(await page.names.allInnerTexts()).not.toContain('Event 199'));
    await post(fixture.sandbox, { userId: 'a', eventName: 'Newcomer' });
    await page.button('↑ 1 new event').click();
    await page.names.getByText('Newcomer').waitFor();
    expect(await page.names.first().innerText()).toBe('Newcomer');
  });

  it('connects again, and shows the new sandbox, when it was restarted at the same port', async () => {
    const page = await fixture.open({ brokenConnections: true });
    await post(fixture.sandbox, { userId: 'a', eventName: 'Before' });
    await page.rows.filter({ hasText: 'Before' }).waitFor();
    const port = Number(new URL(fixture.sandbox.url).port);
    await fixture.sandbox.close();
    await page.get('connection').filter({ hasText: 'Reconnecting' }).waitFor();
    await fixture.startSandbox({ port });
    await post(fixture.sandbox, { userId: 'a', eventName: 'After' });
    await page.rows.filter({ hasText: 'After' }).waitFor();
    await page.get('connection').filter({ hasText: 'Live' }).waitFor();
    expect(await page.names.allInnerTexts()).toEqual(['After']);
  });
});
