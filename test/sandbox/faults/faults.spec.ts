import { describe, expect, it } from '@jest/globals';
import { EVENT, useSandbox } from '../../support/sandbox-context.js';

const CLOSED = 'no answer';

describe('a fault', () => {
  const context = useSandbox();
  const outcomeOf = (body: unknown = EVENT, requestId?: string) =>
    context.call(body, { requestId }).catch(() => CLOSED);

  async function outcomes(count: number) {
    const found: (number | string)[] = [];
    for (let index = 0; index < count; index++) found.push(await outcomeOf());
    return found;
  }

  it('answers with a status, its message and Retry-After', async () => {
    const fault = context.sandbox.faults.add({ status: 503, message: 'Down', retryAfter: 7, calls: 1 });
    expect(fault).toMatchObject({ id: 1, applied: 0, callsLeft: 1, status: 503 });
    const response = await context.respond();
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '7']);
    expect(await response.json()).toEqual({ response: { message: 'Down', status: 'error' } });
    expect(context.sandbox.arrivals()).toMatchObject([
      {
        verdict: 'refused',
        attempts: [{ outcome: 'refused', status: 503, message: 'Down', fault: fault.description }],
      },
    ]);
    expect(await outcomeOf()).toBe(201);
  });

  it('says Retry-After as a date of HTTP too', async () => {
    const retryAfter = 'Thu, 01 Jan 2026 00:00:10 GMT';
    context.sandbox.faults.add({ status: 429, retryAfter });
    expect((await context.respond()).headers.get('retry-after')).toBe(retryAfter);
  });

  it.each([200, 204, 304, 400, 418, 599])('answers with %i', async (status) => {
    context.sandbox.faults.add({ status, calls: 1 });
    expect(await outcomeOf()).toBe(status);
    expect(context.sandbox.events()).toEqual([]);
  });

  it('is for the next calls, and over then', async () => {
    context.sandbox.faults.add({ status: 500, calls: 2 });
    expect(await outcomes(4)).toEqual([500, 500, 201, 201]);
    expect(context.sandbox.faults.list()).toEqual([]);
  });

  it('is for all calls until it is removed', async () => {
    const { id } = context.sandbox.faults.add({ status: 500 });
    expect(await outcomes(3)).toEqual([500, 500, 500]);
    expect(context.sandbox.faults.list()).toMatchObject([{ id, applied: 3 }]);
    expect([context.sandbox.faults.remove(id), context.sandbox.faults.remove(id)]).toEqual([true, false]);
    expect(await outcomes(1)).toEqual([201]);
  });

  it('resets the connection before the call is taken in', async () => {
    context.sandbox.faults.add({ reset: 'before ingestion', calls: 1 });
    expect(await outcomeOf(EVENT, 'a')).toBe(CLOSED);
    expect(context.sandbox.arrivals()).toMatchObject([{ verdict: 'no answer', findings: [{ rule: 'no answer' }] }]);
    expect(await outcomeOf(EVENT, 'a')).toBe(201);
    expect(context.sandbox.snapshot().counts).toMatchObject({ unanswered: 1, ingested: 1, recognised: 0 });
  });

  it('resets the connection after the call is taken in', async () => {
    context.sandbox.faults.add({ reset: 'after ingestion', calls: 1 });
    expect(await outcomeOf(EVENT, 'a')).toBe(CLOSED);
    expect(context.sandbox.arrivals()).toMatchObject([{ verdict: 'kept', attempts: [{ outcome: 'ingested' }] }]);
    expect(context.sandbox.arrivals()[0]?.attempts[0]?.status).toBeUndefined();
    expect(await outcomeOf(EVENT, 'a')).toBe(201);
    expect(context.sandbox.snapshot().counts).toMatchObject({ ingested: 1, recognised: 1 });
    expect(context.sandbox.events()).toHaveLength(1);
  });

  it('leaves a call hanging until its client leaves', async () => {
    context.sandbox.faults.add({ hang: true, calls: 1 });
    const leaving = new AbortController();
    const hanging = context.call(EVENT, { signal: leaving.signal }).catch(() => CLOSED);
    await hasArrived(1);
    expect(await outcomeOf()).toBe(201);
    leaving.abort();
    expect(await hanging).toBe(CLOSED);
    expect(context.sandbox.arrivals()).toMatchObject([{ verdict: 'no answer' }, { verdict: 'kept' }]);
  });

  it('lets a call wait before anything happens to it', async () => {
    context.sandbox.faults.add({ latency: 100, calls: 1 });
    const order: string[] = [];
    const slow = outcomeOf({ ...EVENT, userId: 'slow' }).then(() => order.push('slow'));
    while (context.sandbox.faults.list().length > 0) await turn();
    await outcomeOf({ ...EVENT, userId: 'fast' }).then(() => order.push('fast'));
    await slow;
    expect(order).toEqual(['fast', 'slow']);
    expect(context.sandbox.events().map(({ userId }) => userId)).toEqual(['fast', 'slow']);
  });

  it('with a probability spoils the same calls for the same seed', async () => {
    const withSeed = async (seed: number) => {
      context.sandbox.faults.clear();
      context.sandbox.faults.add({ status: 503, probability: 0.5, seed });
      return outcomes(40);
    };
    const first = await withSeed(7);
    expect(await withSeed(7)).toEqual(first);
    expect(await withSeed(8)).not.toEqual(first);
    expect(new Set(first)).toEqual(new Set([201, 503]));
  });

  it.each([
    [0, 201],
    [1, 503],
  ])('with the probability %i answers with %i', async (probability, status) => {
    context.sandbox.faults.add({ status: 503, probability });
    expect(new Set(await outcomes(20))).toEqual(new Set([status]));
  });

  it('lets so many calls through within a second of the clock', async () => {
    context.sandbox.faults.add({ rate: 2 });
    expect(await outcomes(4)).toEqual([201, 201, 429, 429]);
    context.sandbox.clock.advance(999);
    expect(await outcomes(1)).toEqual([429]);
    context.sandbox.clock.advance(1);
    const response = await context.respond();
    expect(response.status).toBe(201);
    expect(await outcomes(2)).toEqual([201, 429]);
    expect((await context.respond()).headers.get('retry-after')).toBe('1');
  });

  it.each([
    [0, 'lets 0 calls through a second and answers 429 to the others: every call'],
    [1, 'lets 1 call through a second and answers 429 to the others: every call'],
    [2, 'lets 2 calls through a second and answers 429 to the others: every call'],
  ])('with the rate %i says so in words', (rate, description) => {
    expect(context.sandbox.faults.add({ rate }).description).toBe(description);
  });

  it('is for calls with a wrong body or URL as well', async () => {
    context.sandbox.faults.add({ status: 503 });
    expect(await outcomeOf('{')).toBe(503);
    expect((await fetch(`${context.sandbox.url}/other`, { method: 'POST' })).status).toBe(503);
    expect((await context.ask('GET', '/api/state')).status).toBe(200);
  });

  async function hasArrived(count: number) {
    while (context.sandbox.arrivals().length < count) await turn();
  }
});

describe('two faults', () => {
  const context = useSandbox();

  it('add their latencies, and the first that applies decides how the call ends', async () => {
    context.sandbox.faults.add({ latency: 20 });
    context.sandbox.faults.add({ status: 503, calls: 1 });
    context.sandbox.faults.add({ status: 429 });
    expect([await context.call(), await context.call()]).toEqual([503, 429]);
    expect(context.sandbox.faults.list().map(({ id, applied }) => [id, applied])).toEqual([
      [1, 2],
      [3, 1],
    ]);
  });

  it('take turns by their probabilities', async () => {
    context.sandbox.faults.add({ status: 503, probability: 0.5, seed: 1 });
    context.sandbox.faults.add({ status: 429 });
    const statuses = new Set<number>();
    for (let index = 0; index < 30; index++) statuses.add(await context.call());
    expect(statuses).toEqual(new Set([503, 429]));
  });
});

function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}
