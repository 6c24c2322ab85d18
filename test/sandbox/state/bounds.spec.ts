import { describe, expect, it } from '@jest/globals';
import { EVENT, useSandbox } from '../../support/sandbox-context.js';

const BIG = { ...EVENT, eventData: { Text: ['x'.repeat(10_000)] } };

describe('what is remembered', () => {
  const context = useSandbox();
  const users = () => context.sandbox.events().map(({ userId }) => userId);
  const counts = () => context.sandbox.snapshot().counts;

  it('is at most so many events, the latest, and all are counted', async () => {
    await context.start({ maxEvents: 5 });
    for (let index = 0; index < 12; index++) await context.call({ ...EVENT, userId: `${index}` });
    expect(users()).toEqual(['7', '8', '9', '10', '11']);
    expect(counts()).toMatchObject({ calls: 12, ingested: 12, remembered: 5, forgotten: 7 });
  });

  it('is at most so many bytes', async () => {
    await context.start({ maxBytes: 100_000 });
    for (let index = 0; index < 30; index++) await context.call({ ...BIG, userId: `${index}` });
    expect(users()).toHaveLength(9);
    expect(users().at(-1)).toBe('29');
    expect(counts()).toMatchObject({ ingested: 30, remembered: 9, forgotten: 21 });
  });

  it('does not lose an event to calls that were refused', async () => {
    await context.start({ maxEvents: 3, maxBytes: 50_000 });
    await context.call({ ...BIG, userId: 'kept' });
    for (let index = 0; index < 20; index++) await context.call({ ...BIG, userId: index });
    expect(users()).toEqual(['kept']);
    const refused = context.sandbox.arrivals().filter(({ verdict }) => verdict === 'refused');
    expect(refused.map(({ userId }) => userId)).toEqual([17, 18, 19]);
  });

  it('forgets an event that is larger than all that it may hold, and goes on', async () => {
    await context.start({ maxBytes: 5_000 });
    await context.call(BIG);
    expect(users()).toEqual([]);
    await context.call();
    expect(users()).toEqual(['johndoe']);
  });

  it('keeps what forgotten events taught of types and request ids', async () => {
    await context.start({ maxEvents: 1 });
    await context.call({ ...EVENT, eventData: { Price: 1 } }, { requestId: 'a' });
    await context.call({ ...EVENT, eventData: { Price: 'x' } }, { requestId: 'b' });
    expect(context.sandbox.arrivals()).toMatchObject([{ id: 2, findings: [{ rule: 'typeConflict' }] }]);
    await context.call(EVENT, { requestId: 'a' });
    expect(counts()).toMatchObject({ ingested: 2, recognised: 1 });
  });

  it('keeps the largest bulk call within the bound too', async () => {
    await context.start({ maxEvents: 10 });
    await context.call(
      Array.from({ length: 25 }, (_, index) => ({ ...EVENT, userId: `${index}` })),
      { bulk: true, requestId: 'a' },
    );
    expect(users()).toEqual(Array.from({ length: 10 }, (_, index) => `${index + 15}`));
    expect(await context.call([EVENT], { bulk: true, requestId: 'a' })).toBe(201);
    expect(counts()).toMatchObject({ ingested: 1, recognised: 1, remembered: 10, forgotten: 15 });
  });

  it('is not added to by a re-attempt', async () => {
    await context.start({ maxEvents: 2 });
    for (let index = 0; index < 10; index++) await context.call(EVENT, { requestId: 'a' });
    await context.call(EVENT, { requestId: 'b' });
    expect(context.sandbox.events().map(({ requestId }) => requestId)).toEqual(['a', 'b']);
  });
});

describe('a String attribute', () => {
  const context = useSandbox();

  it.each([1_000, 1_048_575, 1_048_577, 5_000_000])('is dropped with %i characters', async (length) => {
    await context.call({ ...EVENT, eventData: { Text: 'x'.repeat(length), Price: 1 } });
    const [event] = context.sandbox.events();
    expect(event?.dropped.map(({ path, rule }) => [path, rule])).toEqual([['eventData["Text"]', 'length']]);
    expect(event?.kept).toEqual({ Price: 1 });
  });
});
