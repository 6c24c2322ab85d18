import { describe, expect, it } from '@jest/globals';
import { WaitTimeoutError, WebEngageError } from 'nestjs-webengage/sandbox';
import { EVENT, useSandbox } from '../support/sandbox-context.js';
import { expectNoUnobservedErrors } from '../support/unobserved-errors.js';

describe('waitFor()', () => {
  expectNoUnobservedErrors();
  const context = useSandbox();

  it('finds the oldest that is there already', async () => {
    await context.call({ ...EVENT, userId: 'first' });
    await context.call({ ...EVENT, userId: 'second' });
    expect(await context.sandbox.waitFor({ eventName: 'Added to Cart' })).toMatchObject({ id: 1, userId: 'first' });
    expect(await context.sandbox.waitFor(({ userId }) => userId === 'second')).toMatchObject({ id: 2 });
  });

  it('waits for one to come', async () => {
    const waiting = context.sandbox.waitFor({ eventName: 'Viewed', eventData: { Price: 1 } });
    await context.call();
    await context.call({ ...EVENT, eventName: 'Viewed', eventData: { Price: 2 } });
    await context.call({ ...EVENT, eventName: 'Viewed', eventData: { Price: 1, Size: 'L' } });
    expect(await waiting).toMatchObject({ id: 3 });
  });

  it('waits for one that came after another', async () => {
    await context.call();
    const { id } = await context.sandbox.waitFor(EVENT);
    const waiting = context.sandbox.waitFor(EVENT, { after: id });
    await context.call();
    expect((await waiting).id).toBeGreaterThan(id);
  });

  it('takes what was refused at first as coming after what was taken in meanwhile', async () => {
    context.sandbox.faults.add({ status: 503, calls: 1 });
    await context.call({ ...EVENT, userId: 'late' }, { requestId: 'a' });
    await context.call({ ...EVENT, userId: 'early' }, { requestId: 'b' });
    const early = await context.sandbox.waitFor(EVENT_OF_ANYBODY);
    expect(early.userId).toBe('early');
    const waiting = context.sandbox.waitFor(EVENT_OF_ANYBODY, { after: early.id, timeout: 2_000 });
    await context.call({ ...EVENT, userId: 'late' }, { requestId: 'a' });
    expect((await waiting).userId).toBe('late');
  });

  it('waits for what is taken in, and not for what is refused', async () => {
    context.sandbox.faults.add({ status: 503, calls: 1 });
    const waiting = context.sandbox.waitFor(EVENT);
    await context.call();
    await context.call(EVENT);
    expect((await waiting).id).toBe(2);
  });

  it('is in time although the event is forgotten at once', async () => {
    await context.start({ maxEvents: 0 });
    const waiting = context.sandbox.waitFor(EVENT);
    await context.call();
    expect(await waiting).toMatchObject(EVENT);
  });

  it('says what came in instead, and how it differs', async () => {
    await context.call({ ...EVENT, eventData: { Price: 39 } });
    await context.call({ ...EVENT, eventName: 'Viewed' });
    const error = await context.sandbox.waitFor(EVENT, { timeout: 1 }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(WaitTimeoutError);
    expect((error as WaitTimeoutError).timeout).toBe(1);
    expect((error as Error).message).toContain(
      'No such event came in within 1 ms. The nearest of 2 events, "Added to Cart"',
    );
    expect((error as Error).message).toMatch(/eventData\["Price"\].*39\.8.*39/);
  });

  it('says that none came in, or how many', async () => {
    const messageOf = (wanted: Parameters<typeof context.sandbox.waitFor>[0]) =>
      context.sandbox.waitFor(wanted, { timeout: 0 }).catch(({ message }: Error) => message);
    expect(await messageOf(EVENT)).toBe('No such event came in within 0 ms. Nothing came in at all.');
    await context.call();
    expect(await messageOf(() => false)).toBe('No such event came in within 0 ms. 1 event was ingested.');
  });

  it('says that only others came in that were refused, and what is wrong with the last', async () => {
    const messageOf = () => context.sandbox.waitFor(EVENT, { timeout: 0 }).catch(({ message }: Error) => message);
    await context.call({ userId: 'a' });
    expect(await messageOf()).toMatch(/^No such event .* None was ingested, but 1 event came in\. The last: /);
    await context.call({ eventName: 'Viewed' });
    const [finding] = context.sandbox.arrivals()[1]?.findings ?? [];
    expect(finding?.message).toContain('userId and anonymousId cannot be empty');
    expect(await messageOf()).toBe(
      'No such event came in within 0 ms. None was ingested, but 2 events came in. ' +
        `The last: ${finding?.message}. ${finding?.fix}`,
    );
    await context.call({ ...EVENT, userId: 'other' });
    expect(await messageOf()).toMatch(/2 events more came in and were not ingested\.$/);
  });

  it.each<[unknown, unknown, string]>([
    ['Viewed', undefined, 'What is waited for must be an object or a function, but is a String'],
    [null, undefined, 'What is waited for must be an object or a function, but is null'],
    [undefined, undefined, 'What is waited for must be an object or a function, but is undefined'],
    [{}, NaN, 'The timeout must be a number of milliseconds from 0, but is NaN'],
    [{}, -1, 'The timeout must be a number of milliseconds from 0, but is '],
    [{}, '1', 'The timeout must be a number of milliseconds from 0, but is a String'],
  ])('refuses to wait for %p with the timeout %p', async (wanted, timeout, message) => {
    await context.call();
    const options = { timeout: timeout as number };
    const error = await context.sandbox.waitFor(wanted as object, options).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(WebEngageError);
    expect((error as Error).message).toContain(message);
  });

  it('fails with what its function throws, and the call does not', async () => {
    const thrown = new Error('mine');
    const throwIt = () => {
      throw thrown;
    };
    const waiting = context.sandbox.waitFor(throwIt).catch((error: unknown) => error);
    const other = context.sandbox.waitFor(EVENT);
    expect(await context.call()).toBe(201);
    expect(await waiting).toBe(thrown);
    expect(await other).toMatchObject(EVENT);
    await expect(context.sandbox.waitFor(throwIt)).rejects.toBe(thrown);
  });

  it('fails at once when the sandbox is closed already', async () => {
    await context.sandbox.close();
    await expect(context.sandbox.waitFor(EVENT)).rejects.toThrow(/closed/);
  });

  it('ends when the sandbox is closed', async () => {
    const waiting = Promise.allSettled([context.sandbox.waitFor(EVENT), context.sandbox.waitFor(() => true)]);
    await context.sandbox.close();
    const reasons = (await waiting).map((result) =>
      result.status === 'rejected' ? String(result.reason) : 'resolved',
    );
    expect(reasons).toEqual(Array(2).fill('WebEngageError: The sandbox was closed while an event was waited for'));
  });
});

const EVENT_OF_ANYBODY = { eventName: EVENT.eventName };
