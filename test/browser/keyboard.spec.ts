import { beforeEach, expect, it } from '@jest/globals';
import { describeInBrowser, useBrowser } from './support/browser-fixture.js';
import { eventually } from './support/eventually.js';
import { manyEvents, post } from './support/post.js';
import type { SandboxPage } from './support/sandbox-page.js';

/** What has the keyboard: its id, its test id, or its text. */
const FOCUSED = `(({ id, dataset, textContent, tagName }) =>
  tagName === 'BODY' ? 'nothing' : id || dataset.testid || textContent.trim())(document.activeElement)`;
/** Whether the element that has the keyboard, or a label around it, is outlined or otherwise marked. */
const IS_MARKED = `(() => {
  const element = document.activeElement;
  const marks = (style) => (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  return [element, element.nextElementSibling, element.parentElement, element.closest('label')].some(
    (one) => one !== null && marks(getComputedStyle(one)),
  );
})()`;
/** Every element that a keyboard's user must be able to reach. */
const STOPS = `[...document.querySelectorAll('a[href], button, input, select, [tabindex="0"], summary')].filter(
  (one) => one.checkVisibility({ visibilityProperty: true }) && one.tabIndex >= 0 && !one.disabled && !one.closest('[inert]'),
)`;
const REMEMBER_FOCUSED = '(window.reached ??= new Set()).add(document.activeElement)';
const NOT_REACHED = `${STOPS}.filter((one) => !window.reached.has(one)).map(({ outerHTML }) => outerHTML.slice(0, 200))`;

describeInBrowser('the page, by keyboard,', () => {
  const fixture = useBrowser();
  let page: SandboxPage;

  beforeEach(async () => {
    await fixture.startSandbox({ seed: manyEvents(100) });
    page = await fixture.open();
    await page.rows.filter({ hasText: 'Event 99' }).waitFor();
  });

  const press = (...keys: string[]): Promise<void> =>
    keys.reduce((before, key) => before.then(() => page.page.keyboard.press(key)), Promise.resolve());
  const focused = (): Promise<string> => page.read<string>(FOCUSED);
  const expectFocused = (what: string): Promise<void> => eventually(async () => expect(await focused()).toBe(what));
  const expectOpened = (name: string): Promise<void> =>
    page.detail.getByRole('heading', { level: 2, name, exact: true }).waitFor();
  const expectSelected = (name: string): Promise<void> =>
    eventually(async () => {
      const selected = await page.page.locator('[role=option][aria-selected=true]').allInnerTexts();
      expect(selected).toEqual([expect.stringMatching(new RegExp(`${name}\\b`))]);
      const active = await page.get('event-list').getAttribute('aria-activedescendant');
      expect(await page.page.locator(`#${active}`).innerText()).toBe(selected[0]);
    });

  /** Walks once around the page; what has the keyboard must be marked at each step, and nothing be left out. */
  async function walk(): Promise<void> {
    const stops = await page.read<number>(`${STOPS}.length`);
    await page.read('void (window.reached = new Set())');
    // Once around leads through the browser's own controls too.
    for (let step = 0; step < stops + 3; step++) {
      await press('Tab');
      const place = await focused();
      if (place === 'nothing') continue;
      await page.read(`void ${REMEMBER_FOCUSED}`);
      expect({ place, isMarked: await page.read<boolean>(IS_MARKED) }).toEqual({ place, isMarked: true });
    }
    expect(await page.read<string[]>(NOT_REACHED)).toEqual([]);
  }

  it('reaches everything of the events, with a mark on what has the keyboard', async () => {
    await walk();
    await page.openEvent('Event 99');
    await walk();
  });

  it('reaches everything of the faults and of the types', async () => {
    fixture.sandbox.faults.add({ status: 503 });
    await page.get('tab-faults').click();
    await page.get('fault-list').getByRole('button').waitFor();
    await walk();
    fixture.sandbox.faults.clear();
    await post(fixture.sandbox, { userId: 'a', eventName: 'Purchased', eventData: { Price: 1 } });
    await page.get('tab-types').click();
    await page.get('type-table').locator('summary').click();
    await walk();
  });

  it('reaches everything of an event that covers a phone, and nothing behind it', async () => {
    await page.page.setViewportSize({ width: 375, height: 720 });
    await page.openEvent('Event 99');
    await walk();
    const behind = '[...window.reached].filter((one) => !document.querySelector("#detail").contains(one)).length';
    expect(await page.read<number>(behind)).toBe(0);
  });

  it('moves between the views with the arrows', async () => {
    await page.get('tab-events').focus();
    await press('ArrowRight');
    await expectFocused('tab-types');
    await page.get('type-table').waitFor();
    await press('End');
    await expectFocused('tab-faults');
    await press('ArrowRight');
    await expectFocused('tab-events');
    await page.get('event-list').waitFor();
  });

  it('goes to the text filter with "/", and from there to the list', async () => {
    await press('/');
    await expectFocused('filter-text');
    await page.page.keyboard.type('event 4');
    await page.get('count').filter({ hasText: '11 of 100 events' }).waitFor();
    await press('ArrowDown');
    await expectFocused('event-list');
    await press('/', 'Escape');
    await page
      .get('count')
      .filter({ hasText: /^100 events$/ })
      .waitFor();
  });

  it('moves, opens and closes in the list, and never loses its place', async () => {
    await page.get('event-list').focus();
    await press('ArrowDown');
    await expectSelected('Event 99');
    await press('ArrowDown', 'ArrowDown', 'ArrowUp');
    await expectSelected('Event 98');
    await press('Enter');
    await expectOpened('Event 98');
    await press('ArrowDown');
    await expectOpened('Event 97');
    await press('End');
    await expectOpened('Event 0');
    await expectSelected('Event 0');
    await press('Home', 'PageDown', 'PageUp');
    await expectSelected('Event 99');
    await expectFocused('event-list');
    await press('Tab');
    expect(await page.read<boolean>('document.querySelector("#detail").contains(document.activeElement)')).toBe(true);
    await press('Escape');
    await page.detail.waitFor({ state: 'hidden' });
    await expectFocused('event-list');
    await expectSelected('Event 99');
  });

  it('keeps the selected event while others come in', async () => {
    await page.get('event-list').focus();
    await press('ArrowDown', 'Enter');
    await post(fixture.sandbox, { userId: 'a', eventName: 'Newcomer' });
    await page.get('count').filter({ hasText: '101 events' }).waitFor();
    await expectSelected('Event 99');
    await expectOpened('Event 99');
    await expectFocused('event-list');
    await press('ArrowUp');
    await expectOpened('Newcomer');
  });

  it('shows the keys with "?", and gives the keyboard back', async () => {
    await page.get('event-list').focus();
    await press('?');
    const dialog = page.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await dialog.waitFor();
    expect(await dialog.innerText()).toMatch(
      /Go to the text filter[\s\S]*field ignored\s+WebEngage would keep this event, but/,
    );
    await press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await expectFocused('event-list');
  });

  it('takes "/" and "?" for text where text is typed', async () => {
    await page.get('filter-user').focus();
    await page.page.keyboard.type('/?');
    expect(await page.get('filter-user').inputValue()).toBe('/?');
    await expectFocused('filter-user');
  });

  it('clears in a dialog that the keyboard does not leave', async () => {
    await page.get('clear').focus();
    await press('Enter');
    await page.get('clear-confirm').waitFor();
    for (let step = 0; step < 8; step++) {
      await press('Tab');
      const isOutside = `![document.body, ...document.querySelectorAll('#clear-dialog, #clear-dialog *')].includes(document.activeElement)`;
      expect(await page.read<boolean>(isOutside)).toBe(false);
    }
    await page.get('clear-confirm').focus();
    await press('Enter');
    await page.page.getByRole('heading', { name: 'No events yet' }).waitFor();
    expect(await focused()).not.toBe('nothing');
  });

  it('stays in the list of faults when one is removed', async () => {
    fixture.sandbox.faults.add({ status: 503 });
    fixture.sandbox.faults.add({ status: 500 });
    await page.get('tab-faults').click();
    const buttons = page.get('fault-list').getByRole('button');
    await buttons.nth(1).waitFor();
    await buttons.nth(0).focus();
    await press('Enter');
    await eventually(async () => expect(await buttons.count()).toBe(1));
    await expectFocused('Remove');
    await press('Enter');
    await eventually(async () => expect(await buttons.count()).toBe(0));
    expect(await focused()).not.toBe('nothing');
  });
});
