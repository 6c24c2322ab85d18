import { chromium } from 'playwright-core';
import { findChromium } from '../../test/support/chromium.mjs';

/** Runs before the page's own scripts, so that no task is missed. */
const WATCH = `
  window.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) window.longTasks.push({ startTime, duration });
  }).observe({ type: 'longtask', buffered: true });
`;

/** A task that is noted for certain. */
const BE_BUSY = `
  setTimeout(() => {
    const end = performance.now() + 100;
    while (performance.now() < end);
  });
`;

/**
 * Opens the sandbox's page in Chromium, and notes each task of its that takes longer than 50 ms.
 *
 * @returns {Promise<WatchedPage>}
 *
 * @typedef {object} WatchedPage
 * @property {() => Promise<number[]>} longTasks how long each took since the page was opened or loaded anew, in milliseconds
 * @property {() => Promise<void>} forget makes sure that long tasks are noted, and forgets those so far
 * @property {(newest: number, count: string) => Promise<void>} shows resolves when the newest event and the count are there
 * @property {() => Promise<number>} rows how many of the list's rows are in the document
 * @property {() => Promise<void>} reload
 * @property {() => Promise<void>} close
 */
export async function openWatchedPage(url) {
  const executablePath = process.env.CHROMIUM_PATH || findChromium();
  if (executablePath === undefined) throw new Error('there is no CHROMIUM_PATH, and no chromium in the PATH');
  // As root, and in a container, Chromium has no sandbox of its own.
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript(WATCH);
  const isLive = () => page.getByTestId('connection').filter({ hasText: 'Live' }).waitFor();
  await page.goto(url);
  await isLive();
  return {
    longTasks: () => page.evaluate('window.longTasks.map(({ duration }) => duration)'),
    async forget() {
      await page.evaluate(`window.longTasks.length = 0; ${BE_BUSY}`);
      // Without the signal of a task that is there, none of others would mean nothing.
      await page.waitForFunction(() => globalThis.longTasks.length > 0);
      await page.evaluate('void (window.longTasks.length = 0)');
    },
    async shows(newest, count) {
      await page.getByTestId('count').filter({ hasText: count }).waitFor();
      await page
        .getByTestId('event-row')
        .first()
        .filter({ hasText: String(newest) })
        .waitFor();
    },
    rows: () => page.getByTestId('event-row').count(),
    async reload() {
      await page.reload();
      await isLive();
    },
    close: () => browser.close(),
  };
}
