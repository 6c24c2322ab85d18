import { describe, expect, it, jest } from '@jest/globals';
import {
  EventValidationError,
  type FailedEvent,
  WebEngageApiError,
  type WebEngageModuleOptions,
} from 'nestjs-webengage';
import { DIRECT } from '../../support/deliveries.js';
import { type Fault, FaultyProxy } from '../../support/faulty-proxy.js';
import { API_KEY, LICENSE_CODE } from '../../support/tracking-context.js';
import { useWebEngageBehindProxy } from '../../support/webengage-behind-proxy.js';

const EVENT = { userId: 'johndoe', eventName: 'Added to Cart', eventData: { Price: 39.8 } };
const QUEUED = JSON.stringify({ response: { status: 'queued' } });

const said = (message: string) => JSON.stringify({ response: { message, status: 'error' } });

interface Case {
  readonly name: string;
  readonly faults: Fault[];
  readonly options?: Partial<WebEngageModuleOptions>;
  readonly attempts: number;
  /** How often the sandbox must have ingested it. */
  readonly ingested: number;
  /** Undefined when it is delivered. */
  readonly failure?: Partial<FailedEvent>;
}

const twice = (fault: Fault): Fault[] => [fault, fault];
const thrice = (fault: Fault): Fault[] => [fault, fault, fault];

const cases: Case[] = [
  { name: 'no fault', faults: [], attempts: 1, ingested: 1 },
  { name: '500 twice, then 201', faults: twice({ status: 500 }), attempts: 3, ingested: 1 },
  {
    name: '500 to the end',
    faults: thrice({ status: 500, body: said('Error: internal') }),
    attempts: 3,
    ingested: 0,
    failure: { reason: 'attempts exhausted', status: 500, outcomeUnknown: true },
  },
  { name: '502 with an HTML page', faults: [{ status: 502, body: '<html>' }], attempts: 2, ingested: 1 },
  { name: '408', faults: [{ status: 408 }], attempts: 2, ingested: 1 },
  { name: 'a reset before ingestion', faults: ['reset'], attempts: 2, ingested: 1 },
  { name: 'a reset after ingestion', faults: ['ingest then reset'], attempts: 2, ingested: 1 },
  { name: 'a reset after ingestion, twice', faults: twice('ingest then reset'), attempts: 3, ingested: 1 },
  {
    name: 'a reset after ingestion to the end',
    faults: thrice('ingest then reset'),
    attempts: 3,
    ingested: 1,
    failure: { reason: 'attempts exhausted', outcomeUnknown: true },
  },
  { name: 'a timeout', faults: ['hang'], options: { timeout: 100 }, attempts: 2, ingested: 1 },
  {
    name: 'timeouts to the end',
    faults: thrice('hang'),
    options: { timeout: 50 },
    attempts: 3,
    ingested: 0,
    failure: { reason: 'attempts exhausted', outcomeUnknown: true },
  },
  { name: '429 without Retry-After', faults: [{ status: 429 }], attempts: 2, ingested: 1 },
  {
    name: '429 with Retry-After',
    faults: [{ status: 429, headers: { 'Retry-After': '1' } }],
    attempts: 2,
    ingested: 1,
  },
  {
    name: '429 with a Retry-After of an hour',
    faults: [{ status: 429, headers: { 'Retry-After': '3600' } }],
    attempts: 1,
    ingested: 0,
    failure: { reason: 'retry too late', status: 429, outcomeUnknown: false },
  },
  {
    name: '400',
    faults: [{ status: 400, body: said('Error: userId and anonymousId cannot be empty.') }],
    attempts: 1,
    ingested: 0,
    failure: {
      reason: 'refused by WebEngage',
      status: 400,
      outcomeUnknown: false,
      message: 'WebEngage answered 400: Error: userId and anonymousId cannot be empty.',
    },
  },
  ...[301, 401, 403, 404, 413, 422].map((status): Case => ({
    name: `${status}`,
    faults: [{ status, headers: { Location: '/elsewhere' } }],
    attempts: 1,
    ingested: 0,
    failure: { reason: 'refused by WebEngage', status, outcomeUnknown: false },
  })),
  {
    name: '500, and then 400: the first may have been ingested',
    faults: [{ status: 500 }, { status: 400 }],
    attempts: 2,
    ingested: 0,
    failure: { reason: 'refused by WebEngage', status: 400, outcomeUnknown: true },
  },
  {
    name: '408 to the end',
    faults: thrice({ status: 408 }),
    attempts: 3,
    ingested: 0,
    failure: { reason: 'attempts exhausted', status: 408, outcomeUnknown: true },
  },
  { name: '201 with another body', faults: [{ status: 201, body: '{"ok":true}' }], attempts: 2, ingested: 1 },
  { name: '200 without a body', faults: [{ status: 200 }], attempts: 2, ingested: 1 },
  {
    name: '201 with another body to the end',
    faults: thrice({ status: 201, body: QUEUED.replace('queued', 'done') }),
    attempts: 3,
    ingested: 0,
    failure: { reason: 'attempts exhausted', status: 201, outcomeUnknown: true },
  },
  {
    name: "200 with an error of WebEngage's to the end",
    faults: thrice({ status: 200, body: said('Error: event limit reached') }),
    attempts: 3,
    ingested: 0,
    failure: {
      reason: 'attempts exhausted',
      status: 200,
      message: 'WebEngage answered 200, but not "queued": Error: event limit reached',
    },
  },
  {
    name: 'an endless answer',
    faults: [{ status: 201, body: `${QUEUED}${' '.repeat(1_000_000)}` }],
    attempts: 2,
    ingested: 1,
  },
  {
    name: 'a single attempt allowed',
    faults: [{ status: 503 }],
    options: { retry: { maxAttempts: 1 } },
    attempts: 1,
    ingested: 0,
    failure: { reason: 'attempts exhausted', status: 503 },
  },
];

describe('direct delivery under faults', () => {
  const webEngage = useWebEngageBehindProxy({ apiKey: API_KEY, licenseCode: LICENSE_CODE }, { delivery: DIRECT });

  const start = (options: Partial<WebEngageModuleOptions> = {}) =>
    webEngage.start({ retry: { minDelay: 1, maxDelay: 5 }, ...options });

  it.each(cases)('$name: $attempts attempts', async ({ faults, options, attempts, ingested, failure }) => {
    webEngage.proxy.next(...faults);
    const events = await start(options);
    const failed: FailedEvent[] = [];
    events.failed$.subscribe((event) => failed.push(event));
    const delivered: number[] = [];
    events.delivered$.subscribe((event) => delivered.push(event.attempts));

    const outcome = await events.track(EVENT).catch((error: unknown) => error);

    expect(webEngage.proxy.calls).toHaveLength(attempts);
    expect(new Set(webEngage.proxy.requestIds).size).toBe(1);
    expect(new Set(webEngage.proxy.calls.map(({ body }) => body)).size).toBe(1);
    expect(webEngage.sandbox.events()).toHaveLength(ingested);
    if (failure === undefined) {
      expect(outcome).toEqual({ requestId: webEngage.proxy.requestIds[0], state: 'delivered' });
      expect(delivered).toEqual([attempts]);
      expect(events.stats()).toMatchObject({ accepted: 1, delivered: 1, failed: 0, pending: 0 });
    } else {
      expect(outcome).toBeInstanceOf(WebEngageApiError);
      expect(outcome).toMatchObject({ requestId: webEngage.proxy.requestIds[0], attempts, reason: failure.reason });
      expect((outcome as WebEngageApiError).status).toBe(failure.status);
      expect(failed).toEqual([
        expect.objectContaining({ ...failure, attempts, requestId: webEngage.proxy.requestIds[0] }),
      ]);
      expect(failed[0]?.event).toEqual(JSON.parse(webEngage.proxy.calls[0]?.body ?? ''));
      expect(events.stats()).toMatchObject({ accepted: 1, delivered: 0, failed: 1, pending: 0 });
    }
  });

  it('obeys Retry-After, though backoff would be shorter', async () => {
    webEngage.proxy.next({ status: 429, headers: { 'Retry-After': '1' } });
    const events = await start();
    await events.track(EVENT);
    const [first, second] = webEngage.proxy.calls.map(({ at }) => at);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it('reports a refused connection as an event that was not ingested', async () => {
    const events = await start();
    await webEngage.proxy.close();
    const failed: FailedEvent[] = [];
    events.failed$.subscribe((event) => failed.push(event));
    await expect(events.track(EVENT)).rejects.toThrow(/ECONNREFUSED/);
    expect(failed).toMatchObject([{ reason: 'attempts exhausted', outcomeUnknown: false, attempts: 3 }]);
    expect(failed[0]).not.toHaveProperty('status');
  });

  it('does not follow a redirect with the key', async () => {
    const elsewhere = await FaultyProxy.start(webEngage.sandbox.url);
    webEngage.proxy.next({ status: 307, headers: { Location: `${elsewhere.url}/v1/accounts/${LICENSE_CODE}/events` } });
    const events = await start();
    await expect(events.track(EVENT)).rejects.toMatchObject({ status: 307 });
    expect(elsewhere.calls).toEqual([]);
    await elsewhere.close();
  });

  it('is not decided by a logger that throws', async () => {
    webEngage.proxy.next({ status: 400 }, { status: 400 });
    const events = await start();
    for (const level of ['error', 'warn', 'log'] as const) {
      jest.spyOn(webEngage.tracking.logger, level).mockImplementation(() => {
        throw new Error('the logger is broken');
      });
    }
    const failed: FailedEvent[] = [];
    events.failed$.subscribe((event) => failed.push(event));
    await expect(events.track(EVENT)).rejects.toBeInstanceOf(WebEngageApiError);
    await expect(events.track(EVENT)).rejects.toBeInstanceOf(WebEngageApiError);
    await expect(events.track({ ...EVENT, eventName: 'User Login' })).resolves.toMatchObject({ state: 'delivered' });
    await expect(events.track({ ...EVENT, eventName: '' })).rejects.toBeInstanceOf(EventValidationError);
    expect(failed).toHaveLength(2);
    expect(events.stats()).toMatchObject({ accepted: 3, delivered: 1, failed: 2, pending: 0, refused: 1 });
  });

  it('logs changes of state, not events', async () => {
    webEngage.proxy.next(...Array.from({ length: 5 }, (): Fault => ({ status: 400, body: said('Error: no') })));
    const events = await start();
    for (let count = 0; count < 5; count++) await events.track(EVENT).catch(() => undefined);
    await events.track(EVENT);
    const lines = webEngage.tracking.logger.lines.filter(({ text }) => text.includes('WebEngage')) ?? [];
    expect(lines.filter(({ level }) => level === 'error')).toHaveLength(1);
    expect(lines.filter(({ text }) => text.includes('delivered again; 5 failed'))).toHaveLength(1);
  });
});
