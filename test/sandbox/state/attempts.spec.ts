import { describe, expect, it } from '@jest/globals';
import { EVENT, useSandbox } from '../../support/sandbox-context.js';

const FOUR_HOURS = 4 * 60 * 60 * 1000;
const a = { requestId: 'a' };

describe('the attempts of a call', () => {
  const context = useSandbox();
  const arrivals = () => context.sandbox.arrivals();
  const counts = () => context.sandbox.snapshot().counts;

  it('are one arrival, refused at first and kept in the end', async () => {
    context.sandbox.faults.add({ status: 503, calls: 2 });
    expect(await context.call(EVENT, a)).toBe(503);
    expect(arrivals()).toMatchObject([{ id: 1, verdict: 'refused', findings: [{ path: 'call', rule: 'fault' }] }]);
    context.time += 250;
    await context.call(EVENT, a);
    expect(await context.call(EVENT, a)).toBe(201);
    const [arrival, ...others] = arrivals();
    expect(others).toEqual([]);
    expect(arrival).toMatchObject({ id: 1, verdict: 'kept', findings: [], attemptCount: 3, requestId: 'a' });
    expect(arrival?.receivedAt).toBe(context.time - 250);
    expect(arrival?.attempts.map(({ outcome, status }) => [outcome, status])).toEqual([
      ['refused', 503],
      ['refused', 503],
      ['ingested', 201],
    ]);
    expect(counts()).toMatchObject({ calls: 3, refused: 2, ingested: 1, remembered: 1 });
  });

  it('change the revision of the arrival, and not its id', async () => {
    await context.call(EVENT, a);
    await context.call(EVENT, { requestId: 'b' });
    const [first, second] = arrivals();
    await context.call(EVENT, a);
    const [again] = arrivals();
    expect([first?.id, second?.id, again?.id]).toEqual([1, 2, 1]);
    expect(again?.revision).toBeGreaterThan(second?.revision ?? 0);
  });

  it('stay kept when a re-attempt is refused', async () => {
    await context.call(EVENT, a);
    context.sandbox.faults.add({ status: 500, calls: 1 });
    await context.call(EVENT, a);
    await context.call(EVENT, a);
    expect(arrivals()).toMatchObject([{ verdict: 'kept', attemptCount: 3 }]);
    expect(arrivals()[0]?.attempts.map(({ outcome }) => outcome)).toEqual(['ingested', 'refused', 'recognised']);
    expect(counts()).toMatchObject({ calls: 3, ingested: 1, refused: 1, recognised: 1 });
    expect(context.sandbox.events()).toHaveLength(1);
  });

  it('are a new arrival after four hours', async () => {
    await context.call(EVENT, a);
    context.time += FOUR_HOURS;
    await context.call(EVENT, a);
    await context.call(EVENT, a);
    expect(arrivals()).toMatchObject([
      { id: 1, attemptCount: 1 },
      { id: 2, attemptCount: 2 },
    ]);
    expect(context.sandbox.events()).toHaveLength(2);
  });

  it('are folded in bulk, event by event', async () => {
    const events = [EVENT, { ...EVENT, eventName: 'we_x' }, { ...EVENT, eventData: { Price: '1', Size: 'L' } }];
    context.sandbox.faults.add({ status: 503, calls: 1 });
    await context.call(events, { ...a, bulk: true });
    await context.call(events, { ...a, bulk: true });
    await context.call(events, { ...a, bulk: true });
    expect(arrivals().map(({ id, verdict, attemptCount }) => [id, verdict, attemptCount])).toEqual([
      [1, 'kept', 3],
      [2, 'event dropped', 3],
      [3, 'attributes dropped', 3],
    ]);
    expect(counts()).toMatchObject({ calls: 3, ingested: 1, refused: 1, recognised: 1, dropped: 1, damaged: 1 });
  });

  it('are apart for each account, and without an id', async () => {
    await context.call(EVENT, a);
    await context.call(EVENT, { ...a, account: '~second' });
    await context.call();
    await context.call();
    expect(arrivals().map(({ attemptCount }) => attemptCount)).toEqual([1, 1, 1, 1]);
  });

  it('are listed by their last twenty', async () => {
    for (let attempt = 0; attempt < 30; attempt++) await context.call(EVENT, a);
    const [arrival] = arrivals();
    expect(arrival).toMatchObject({ attemptCount: 30, verdict: 'kept' });
    expect(arrival?.attempts).toHaveLength(20);
  });

  it('show what could be read of a call that was refused', async () => {
    await context.call({ userId: 7, anonymousId: 'a', eventName: 'Viewed', eventData: { Price: 1 } });
    await context.call('{');
    await context.call([EVENT, { eventName: 'Viewed' }], { bulk: true });
    const shown = arrivals().map(({ verdict, userId, eventName, bulk }) => ({ verdict, userId, eventName, bulk }));
    expect(shown).toEqual([
      { verdict: 'refused', userId: 7, eventName: 'Viewed', bulk: false },
      { verdict: 'refused', userId: undefined, eventName: undefined, bulk: false },
      { verdict: 'refused', userId: 'johndoe', eventName: 'Added to Cart', bulk: true },
      { verdict: 'refused', userId: undefined, eventName: 'Viewed', bulk: true },
    ]);
    expect(arrivals()[0]?.findings[0]?.message).toBe('It was answered with 400: Error: userId must be a String.');
  });

  it('are told apart where a single call and a bulk call have one id', async () => {
    expect(await context.call({ eventName: 'Viewed' }, a)).toBe(400);
    const bulk = { ...a, bulk: true };
    expect([await context.call([EVENT], bulk), await context.call([EVENT], bulk)]).toEqual([201, 201]);
    expect(arrivals()).toMatchObject([
      { id: 1, bulk: false, verdict: 'refused', eventName: 'Viewed', attemptCount: 1 },
      { id: 2, bulk: true, verdict: 'kept', eventName: 'Added to Cart', attemptCount: 2 },
    ]);
    expect(context.sandbox.events()).toMatchObject([{ id: 2, bulk: true, requestId: 'a' }]);
  });

  it('are not laid over one another where a bulk call was forgotten in part', async () => {
    await context.start({ maxEvents: 2 });
    const events = ['first', 'second', 'third'].map((userId) => ({ ...EVENT, userId }));
    context.sandbox.faults.add({ status: 503, calls: 1 });
    await context.call(events, { ...a, bulk: true });
    await context.call(events, { ...a, bulk: true });
    expect(arrivals().map(({ userId, verdict }) => [userId, verdict])).toEqual([
      ['second', 'refused'],
      ['third', 'refused'],
      ['second', 'kept'],
      ['third', 'kept'],
    ]);
    expect(context.sandbox.events().map(({ id, userId }) => [id, userId])).toEqual(
      arrivals()
        .slice(2)
        .map(({ id, userId }) => [id, userId]),
    );
    await context.call(events, { ...a, bulk: true });
    expect(arrivals().map(({ attemptCount }) => attemptCount)).toEqual([1, 1, 2, 2]);
    expect(counts()).toMatchObject({ calls: 3, refused: 1, ingested: 1, recognised: 1, remembered: 4 });
  });

  it('that come before an ingestion that was forgotten are not taken for it', async () => {
    await context.call(EVENT, a);
    context.sandbox.clear();
    expect(await context.call(EVENT, a)).toBe(201);
    expect(arrivals()).toEqual([]);
    expect(counts()).toMatchObject({ calls: 1, recognised: 1, ingested: 0 });
  });
});
