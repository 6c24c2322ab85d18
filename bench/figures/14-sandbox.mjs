import { goal, promise } from '../support/goal.mjs';
import { number } from '../support/table.mjs';

const EVENTS = 20_000;
const LONGEST_TASK = 200;
const MEGABYTES = 250;
const TIME_LIMIT = 120_000;
const specOf = (hasPage) => ({
  measurement: 'sandbox',
  library: hasPage ? 'with its page open' : 'without a page',
  parameters: { events: EVENTS, hasPage },
  timeLimit: TIME_LIMIT,
});
const alone = specOf(false);
const watched = specOf(true);
const specs = [alone, watched];
const perSecond = ({ seconds }) => EVENTS / seconds;
const peak = ({ peakMegabytes }) => peakMegabytes;
const longest = (tasks = []) => Math.max(0, ...tasks);

/** Whether the sandbox's page stays responsive while events pour in, and the sandbox itself small. */
export const sandbox = {
  number: 14,
  title: '20,000 events posted one by one to the sandbox at full speed, 16 connections',
  specs,
  report(results) {
    const longestTask = results.median(watched, ({ longTasks }) => longest(longTasks));
    return {
      columns: [
        'sandbox',
        'events/s',
        'peak MB',
        'shown after s',
        'longest task ms',
        'tasks over 50 ms',
        'rows in the page',
        'longest task of a reload ms',
      ],
      rows: specs.map((spec) => rowOf(spec, results)),
      goals: [
        goal('longest task of the page while events come in', {
          value: longestTask,
          atMost: LONGEST_TASK,
          unit: ' ms',
          decimals: 0,
        }),
        ...specs.map((spec) =>
          goal(`peak resident memory of the sandbox, ${spec.library}`, {
            value: results.median(spec, peak),
            atMost: MEGABYTES,
            unit: ' MB',
            decimals: 0,
          }),
        ),
        promise('every event was taken in, and 10,000 are remembered', areTakenIn(results)),
      ],
      notes: [
        ...specs.filter((spec) => results.failure(spec)).map((spec) => `– ${spec.library}: ${results.failure(spec)}`),
        `With its page open it takes in ${number(results.ratio(watched, alone, perSecond), 2)} times as many events a second.`,
        'The browser reports tasks over 50 ms only: 0 means that there was none.',
        'The sandbox, Chromium and what posts the events share the processors. 1 MB is 1,000,000 bytes.',
      ],
    };
  },
};

function rowOf(spec, results) {
  const inPage = (read, decimals) => (spec === watched ? number(results.median(spec, read), decimals) : '–');
  return [
    spec.library,
    number(results.median(spec, perSecond)),
    number(results.median(spec, peak)),
    inPage(({ shownAfter }) => shownAfter, 1),
    inPage(({ longTasks }) => longest(longTasks)),
    inPage(({ longTasks }) => longTasks.length),
    inPage(({ rows }) => rows),
    inPage(({ longTasksOfReload }) => longest(longTasksOfReload)),
  ];
}

function areTakenIn(results) {
  if (specs.some((spec) => results.rounds(spec).length === 0)) return undefined;
  const rounds = specs.flatMap((spec) => results.rounds(spec));
  return rounds.every(({ ingested, remembered }) => ingested === EVENTS && remembered === 10_000);
}
