import { describe, expect, it } from '@jest/globals';
import { EVENT, useSandbox } from '../../support/sandbox-context.js';

const a = { requestId: 'a' };

describe('a latency', () => {
  const context = useSandbox();
  const arrivals = () => context.sandbox.arrivals();

  /** Makes a call whose client leaves while a fault delays it. */
  async function giveUp(body: unknown = EVENT, bulk = false) {
    const leaving = new AbortController();
    const { applied } = context.sandbox.faults.list()[0] ?? { applied: 0 };
    const call = context.call(body, { ...a, bulk, signal: leaving.signal }).catch(() => 'left');
    while (context.sandbox.faults.list()[0]?.applied === applied) await turn();
    leaving.abort();
    expect(await call).toBe('left');
  }

  it('that its client does not sit out leaves a call without an answer, and says why', async () => {
    const { id, description } = context.sandbox.faults.add({ latency: 600_000 });
    await giveUp();
    while (arrivals().length === 0) await turn();
    expect(arrivals()).toMatchObject([
      {
        verdict: 'no answer',
        licenseCode: '~abc',
        requestId: 'a',
        findings: [{ path: 'call', rule: 'no answer', message: `A fault of the sandbox ${description}` }],
        attempts: [{ receivedAt: context.time, outcome: 'no answer', fault: description }],
      },
    ]);
    expect(arrivals()[0]?.attempts[0]?.status).toBeUndefined();
    expect(context.sandbox.snapshot().counts).toMatchObject({ calls: 1, unanswered: 1, ingested: 0 });
    expect(context.sandbox.events()).toEqual([]);
    context.sandbox.faults.remove(id);
    expect(await context.call(EVENT, a)).toBe(201);
    expect(arrivals()).toMatchObject([{ verdict: 'kept', findings: [], attemptCount: 2, userId: 'johndoe' }]);
  });

  it('that its client does not sit out leaves what is known of the events of an earlier attempt', async () => {
    const events = ['first', 'second'].map((userId) => ({ ...EVENT, userId }));
    const bulk = { ...a, bulk: true };
    context.sandbox.faults.add({ status: 503, calls: 1 });
    expect(await context.call(events, bulk)).toBe(503);
    const { id } = context.sandbox.faults.add({ latency: 600_000 });
    await giveUp(events, true);
    while (context.sandbox.snapshot().counts.calls < 2) await turn();
    const shown = () => arrivals().map(({ userId, verdict, attemptCount }) => [userId, verdict, attemptCount]);
    expect(shown()).toEqual([
      ['first', 'no answer', 2],
      ['second', 'no answer', 2],
    ]);
    context.sandbox.faults.remove(id);
    expect(await context.call(events, bulk)).toBe(201);
    expect(shown()).toEqual([
      ['first', 'kept', 3],
      ['second', 'kept', 3],
    ]);
  });

  it('is told of a call that was answered after it', async () => {
    const { description } = context.sandbox.faults.add({ latency: 1, calls: 2 });
    expect(await context.call(EVENT, a)).toBe(201);
    expect(await context.call({ eventName: 'Viewed' })).toBe(400);
    expect(await context.call()).toBe(201);
    const [taken, refused, undelayed] = arrivals().map(({ attempts }) => attempts);
    expect(taken).toEqual([{ receivedAt: context.time, outcome: 'ingested', status: 201, fault: description }]);
    expect(refused).toMatchObject([{ outcome: 'refused', status: 400, fault: description }]);
    expect(undelayed?.[0]?.fault).toBeUndefined();
  });

  it('of two faults is told in the words of both', async () => {
    const faults = [1, 2].map((latency) => context.sandbox.faults.add({ latency, calls: 1 }));
    await context.call();
    expect(arrivals()[0]?.attempts[0]?.fault).toBe(faults.map(({ description }) => description).join('; '));
  });
});

function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}
