import type { ServerResponse } from 'node:http';
import { once } from 'node:events';
import { WaitTimeoutError } from '../../errors/wait-timeout.error.js';
import type { Arrival } from '../arrivals/arrival.js';
import { type ArrivalFilter, passes } from '../arrivals/arrival-filter.js';
import { type Verdict, VERDICTS } from '../arrivals/sandbox-arrival.js';
import { describeInstead } from '../arrivals/describe-instead.js';
import { waitForEvent } from '../arrivals/wait-for-event.js';
import type { SandboxState } from '../sandbox-state.js';
import { NO_CONTENT, type Routes } from './routes.js';
import { ControlError, type ControlRequest } from './control-request.js';

const MAX_LISTED = 100_000;
const DEFAULT_LISTED = 1_000;
const FILTERS = ['event', 'user', 'eventContains', 'userContains', 'text', 'verdict', 'problems', 'after'];
const MAX_WAIT = 60_000;
const DEFAULT_WAIT = 5_000;

export function eventsRoutes(state: SandboxState): Routes {
  const { arrivals } = state;
  return {
    'GET /api/events': (request) => {
      const filter = filterOf(request, 'limit');
      const limit = request.wholeNumber('limit', DEFAULT_LISTED, 0, MAX_LISTED);
      const found = arrivals.all().filter((arrival) => passes(arrival, filter));
      return { status: 200, body: { events: found.slice(0, limit).map((arrival) => arrival.view()) } };
    },
    'GET /api/events/next': async (request) => ({ status: 200, body: (await waitFor(state, request)).view() }),
    'GET /api/events/:id': (_request, id) => {
      const arrival = arrivals.find(id);
      if (!arrival) throw new ControlError(404, 'There is no such event, or it was forgotten');
      return { status: 200, body: arrival.view() };
    },
    'GET /api/events.jsonl': async (request) => {
      const filter = filterOf(request);
      await exportTo(
        request.response,
        arrivals.all().filter((arrival) => passes(arrival, filter)),
      );
      return undefined;
    },
    'DELETE /api/events': () => {
      state.clearEvents();
      return NO_CONTENT;
    },
  };
}

function filterOf(request: ControlRequest, ...others: string[]): ArrivalFilter {
  const { query } = request;
  request.allowParameters([...FILTERS, ...others]);
  const given = (name: string): string | undefined => query.get(name) || undefined;
  const verdicts = query.getAll('verdict').filter((verdict) => verdict !== '') as Verdict[];
  if (!verdicts.every((verdict) => VERDICTS.includes(verdict))) {
    throw new ControlError(400, 'The query is wrong', [
      { path: 'verdict', message: `must be one of ${VERDICTS.join(', ')}` },
    ]);
  }
  return {
    event: given('event'),
    user: given('user'),
    eventContains: given('eventContains'),
    userContains: given('userContains'),
    text: given('text'),
    problems: request.flag('problems'),
    verdicts: verdicts.length > 0 ? verdicts : undefined,
    after: query.has('after') ? request.wholeNumber('after', 0, 0, Number.MAX_SAFE_INTEGER) : undefined,
  };
}

async function waitFor({ arrivals }: SandboxState, request: ControlRequest): Promise<Arrival> {
  const { after = 0, ...filter } = filterOf(request, 'timeout');
  const timeout = request.wholeNumber('timeout', DEFAULT_WAIT, 0, MAX_WAIT);
  const left = new AbortController();
  request.response.once('close', () => left.abort());
  try {
    return await waitForEvent(arrivals, {
      isWanted: (arrival) => arrivals.isIngestedAfter(arrival, after) && passes(arrival, filter),
      timeout,
      signal: left.signal,
      describeInstead: () =>
        describeInstead(arrivals, filter.event === undefined ? undefined : { eventName: filter.event }),
    });
  } catch (error) {
    throw error instanceof WaitTimeoutError ? new ControlError(404, error.message) : error;
  }
}

/** One event a line, no faster than the client reads. */
async function exportTo(response: ServerResponse, found: readonly Arrival[]): Promise<void> {
  response.writeHead(200, {
    'Content-Type': 'application/jsonl; charset=utf-8',
    'Content-Disposition': 'attachment; filename="events.jsonl"',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  });
  const left = new AbortController();
  response.once('close', () => left.abort());
  for (const arrival of found) {
    if (response.write(`${JSON.stringify(arrival.view())}\n`)) continue;
    // A client that leaves ends the wait, and with it the export.
    await once(response, 'drain', { signal: left.signal }).catch(() => undefined);
    if (left.signal.aborted) return;
  }
  response.end();
}
