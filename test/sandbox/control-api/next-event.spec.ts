import { describe, expect, it } from '@jest/globals';
import { EVENT, useSandbox } from '../../support/sandbox-context.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';

describe('GET /api/events/next', () => {
  expectNoUnobservedErrors();
  const context = useSandbox();
  const next = (query = '') => context.ask('GET', `/api/events/next?${query}`);

  it('answers with one that is there already', async () => {
    await context.call();
    expect(await next('event=Added+to+Cart')).toMatchObject({
      status: 200,
      body: { id: 1, verdict: 'kept', ...EVENT },
    });
  });

  it('waits for one to come, by event, user and text', async () => {
    const waiting = next('event=Viewed&user=mary&text=RED%20SHOES');
    await context.call({ ...EVENT, eventName: 'Viewed', userId: 'mary' });
    await context.call({ ...EVENT, eventName: 'Viewed', userId: 'john', eventData: { Product: 'Red shoes' } });
    await context.call({ ...EVENT, eventName: 'Viewed', userId: 'mary', eventData: { Product: 'Red shoes' } });
    expect(await waiting).toMatchObject({ status: 200, body: { id: 3 } });
  });

  it('waits for one after another', async () => {
    await context.call();
    const waiting = next('after=1');
    await context.call();
    expect(await waiting).toMatchObject({ status: 200, body: { id: 2 } });
  });

  it('answers with 404 when none comes in time', async () => {
    await context.call();
    const { status, body } = await next('event=Viewed&timeout=1');
    expect(status).toBe(404);
    expect(body.message).toContain('No such event came in within 1 ms.');
  });

  it.each(['timeout=-1', 'timeout=60001', 'timeout=x', 'after=x', 'timeout=1e3'])('refuses %s', async (query) => {
    const { status, body } = await next(query);
    expect(status).toBe(400);
    expect(body.problems).toMatchObject([{ path: query.split('=')[0] }]);
  });

  it('stops listening when its client leaves', async () => {
    const leaving = new AbortController();
    const url = `${context.sandbox.url}/api/events/next?timeout=60000`;
    const waiting = fetch(url, { signal: leaving.signal }).catch(() => 'left');
    await hasListeners(1);
    leaving.abort();
    expect(await waiting).toBe('left');
    await hasListeners(0);
    expect(await context.call()).toBe(201);
  });

  it('is ended by the end of the sandbox', async () => {
    const waiting = next().catch(() => 'closed');
    await hasListeners(1);
    await context.sandbox.close();
    expect(await waiting).toBe('closed');
  });

  async function hasListeners(count: number) {
    // Nobody but this test wants to know how many listen.
    const { state } = context.sandbox as unknown as { state: { arrivals: { listeners: Set<unknown> } } };
    while (state.arrivals.listeners.size !== count) await new Promise((resolve) => setTimeout(resolve, 1));
  }
});
