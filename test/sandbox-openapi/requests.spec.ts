import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebEngageSandbox } from 'nestjs-webengage/sandbox';
import { operationOf, operations } from './support/document.js';
import { misfits } from './support/fits.js';

const FAULTS: readonly Record<string, unknown>[] = [
  {},
  { status: 200 },
  { status: 199 },
  { status: 599, message: '', retryAfter: 0 },
  { status: 600 },
  { status: 503.5 },
  { status: '503' },
  { status: null },
  { status: 503, retryAfter: 'Wed, 21 Oct 2026 07:28:00 GMT' },
  { status: 503, retryAfter: '' },
  { status: 503, retryAfter: 'line\nbreak' },
  { status: 503, retryAfter: -1 },
  { status: 503, message: 7 },
  { status: 503, message: 'x'.repeat(1_000) },
  { status: 503, message: 'x'.repeat(1_001) },
  { message: 'alone' },
  { rate: 0 },
  { rate: -1 },
  { rate: 5, retryAfter: 1 },
  { hang: true },
  { hang: false },
  { reset: 'before ingestion' },
  { reset: 'after ingestion', latency: 600_000 },
  { reset: 'now' },
  { latency: 0 },
  { latency: 600_001 },
  { status: 503, hang: true },
  { rate: 1, reset: 'before ingestion' },
  { latency: 5, calls: 1 },
  { latency: 5, calls: 0 },
  { latency: 5, probability: 0.5, seed: -7 },
  { latency: 5, probability: 1.1 },
  { latency: 5, seed: 7 },
  { latency: 5, strange: true },
];

const TIMES: readonly Record<string, unknown>[] = [
  { now: 0 },
  { now: 8_640_000_000_000_000 },
  { now: 8_640_000_000_000_001 },
  { now: '2026-01-01T00:00:59Z' },
  { now: '' },
  { now: null },
  { now: true },
  { now: [2026] },
  {},
];

const EVENTS: readonly unknown[] = [
  { userId: 'johndoe', eventName: 'Viewed' },
  { anonymousId: 'visitor', eventName: 'Viewed', eventData: { Price: null }, eventTime: 7 },
  { userId: '', anonymousId: 'visitor', eventName: 'Viewed' },
  { eventName: 'Viewed' },
  { userId: '', eventName: 'Viewed' },
  { userId: 7, anonymousId: 'visitor', eventName: 'Viewed' },
  { userId: 'johndoe' },
  { userId: 'johndoe', eventName: '' },
  { userId: 'johndoe', eventName: 'Viewed', eventData: [] },
  { userId: 'johndoe', eventName: 'Viewed', eventData: null },
  [],
  'text',
];

describe('what the document says of requests', () => {
  let sandbox: WebEngageSandbox;

  beforeAll(async () => {
    sandbox = await WebEngageSandbox.start();
  });

  afterAll(() => sandbox.close());

  async function statusOf(operationId: string, body?: unknown, query = ''): Promise<number> {
    const { method, path } = operationOf(operationId);
    const response = await fetch(sandbox.url + path.replace(/\{\w+\}/, '~abc') + query, {
      method: method.toUpperCase(),
      headers: { Authorization: 'Bearer key' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    await response.body?.cancel();
    return response.status;
  }

  function schemaOf(operationId: string) {
    return operationOf(operationId).operation.requestBody?.content['application/json'].schema ?? {};
  }

  const bodies = [
    ...FAULTS.map((body) => ({ operationId: 'addFault', body })),
    ...TIMES.map((body) => ({ operationId: 'setClock', body })),
    ...[{ milliseconds: -1.5 }, { milliseconds: '1' }, { milliseconds: null }, {}].map((body) => {
      return { operationId: 'advanceClock', body };
    }),
    ...EVENTS.map((body) => ({ operationId: 'trackEvent', body })),
    ...EVENTS.map((event) => ({ operationId: 'trackEvents', body: { events: [event] } })),
    ...[0, 25, 26].map((length) => {
      return { operationId: 'trackEvents', body: { events: Array.from({ length }, () => EVENTS[0]) } };
    }),
  ];

  it.each(bodies)('is what the sandbox does: $operationId of $body', async ({ operationId, body }) => {
    const fits = misfits(schemaOf(operationId), body).length === 0;
    const status = await statusOf(operationId, body);
    sandbox.faults.clear();
    expect([operationId, body, status < 300 ? 'taken' : status]).toEqual([operationId, body, fits ? 'taken' : 400]);
  });

  const bounded = operations.flatMap(({ operation: { operationId, parameters = [] } }) =>
    parameters.flatMap(({ name, in: place, schema }) => {
      return place === 'query' && schema.type === 'integer' ? [{ operationId, name, schema }] : [];
    }),
  );

  it.each(bounded)('is what the sandbox does: $name of $operationId', async ({ operationId, name, schema }) => {
    const { minimum = NaN, maximum = NaN } = schema;
    // A wait of no time for what never comes is answered at once.
    const wait = operationId === 'waitForEvent' ? `&event=None${name === 'timeout' ? '' : '&timeout=0'}` : '';
    for (const wrong of [minimum - 1, maximum + 1, 'many', '']) {
      expect([wrong, await statusOf(operationId, undefined, `?${name}=${wrong}${wait}`)]).toEqual([wrong, 400]);
    }
    const answered = operationId === 'waitForEvent' ? 404 : 200;
    for (const right of name === 'timeout' ? [minimum] : [minimum, maximum]) {
      expect([right, await statusOf(operationId, undefined, `?${name}=${right}${wait}`)]).toEqual([right, answered]);
    }
  });
});
