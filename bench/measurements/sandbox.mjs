import { postEvents } from '../support/event-poster.mjs';
import { NUMBER_ATTRIBUTE } from '../support/example-event.mjs';
import { startSandbox } from '../support/sandbox-process.mjs';
import { openWatchedPage } from '../support/watched-page.mjs';

const FLAGS = ['--port', '0', '--quota', '1000000'];

/**
 * Posts events to a sandbox that was started by its command, with its page open in a browser or not.
 *
 * @param _library not used: the sandbox is started by its command
 * @param {{ events: number, hasPage: boolean }} parameters
 */
export async function measureSandbox(_library, { events, hasPage }) {
  const sandbox = await startSandbox(FLAGS);
  try {
    const page = hasPage ? await openWatchedPage(sandbox.url) : undefined;
    await page?.forget();
    const start = performance.now();
    await postEvents(sandbox.url, { events });
    const seconds = (performance.now() - start) / 1000;
    const newest = await newestOf(sandbox.url, events);
    const shown = page && (await watch(page, { newest, start }));
    const { counts } = await (await fetch(`${sandbox.url}/api/state`)).json();
    const { ingested, remembered } = counts;
    return { sent: 0, seconds, ingested, remembered, peakMegabytes: sandbox.peakMegabytes(), ...shown };
  } finally {
    await sandbox.stop();
  }
}

/** The event that came in last: on several connections it need not be the one that was posted last. */
async function newestOf(url, events) {
  const response = await fetch(`${url}/api/events?after=${events - 1}`);
  const { events: found } = await response.json();
  return found[0].eventData[NUMBER_ATTRIBUTE];
}

async function watch(page, { newest, start }) {
  const shows = () => page.shows(newest, '10,000 events');
  try {
    await shows();
    const shownAfter = (performance.now() - start) / 1000;
    const longTasks = await page.longTasks();
    const rows = await page.rows();
    await page.reload();
    await shows();
    return { shownAfter, longTasks, rows, longTasksOfReload: await page.longTasks() };
  } finally {
    await page.close();
  }
}
