import { describe, expect, it, jest } from '@jest/globals';
import { inspect } from 'node:util';
import type { TypeLockSettings, TypeLockStore } from 'nestjs-webengage';
import { API_KEY, LICENSE_CODE } from '../../support/tracking-context.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';
import { linesOn, trackCart, useLockedTracking } from './locked-tracking.js';
import { FakeStore, SharedTypes, storeOf, until } from './shared-store.js';

const locked = useLockedTracking();
expectNoUnobservedErrors();

const PRICE = { eventName: 'Added to Cart', attribute: 'Price' } as const;

const start = (store: TypeLockStore) => locked.start({ typeLock: { store: () => store } });

describe('processes that share a store', () => {
  it('agree on the type that was first, whoever learns it', async () => {
    const shared = new SharedTypes();
    const one = await start(new FakeStore(shared));
    const other = await start(new FakeStore(shared));
    await trackCart(one.events, { Price: 1 });
    await until(() => shared.settled.size === 1);
    // The other learns of it by its own proposal, at once; by reading it would only later.
    await trackCart(other.events, { Price: 'x' });
    await until(() => linesOn(other, 'all processes hold it to be').length === 1);
    await trackCart(other.events, { Price: 'y', Size: 1 });
    expect(other.events.stats().typeConflicts).toBe(1);
    expect(linesOn(other, '"Price" of "Added to Cart"')).toEqual([
      expect.stringContaining('all processes hold it to be a Number, but its first value made it a String'),
    ]);
    expect([...shared.settled.values()]).toEqual([
      { ...PRICE, type: 'Number' },
      { ...PRICE, attribute: 'Size', type: 'Number' },
    ]);
  });

  it('a process that boots later knows at once', async () => {
    const shared = new SharedTypes();
    shared.settle({ ...PRICE, type: 'Number' });
    const { events } = await start(new FakeStore(shared));
    await trackCart(events, { Price: 'x' });
    expect(events.stats().typeConflicts).toBe(1);
    expect(locked.kept()).toEqual([{}]);
  });

  it('propose what the lock file says, and go by the lock file', async () => {
    const shared = new SharedTypes();
    shared.settle({ ...PRICE, type: 'String' });
    const lockFile = locked.writeLockFile({ 'Added to Cart': { attributes: { Price: 'Number', Size: 'Number' } } });
    const context = await locked.start({ typeLock: { store: () => new FakeStore(shared), lockFile } });
    await until(() => shared.settled.size === 2);
    await trackCart(context.events, { Price: 'x' });
    expect(context.events.stats().typeConflicts).toBe(1);
    expect(linesOn(context, 'makes it a Number, but all processes hold it to be a String')).toHaveLength(1);
  });

  it('propose nothing that was refused', async () => {
    const store = new FakeStore();
    const { events } = await start(store);
    await events.track({ userId: '', eventName: 'Added to Cart', eventData: { Price: 1 } }).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(store.calls).not.toContain('settle');
  });

  it('tell at shutdown what they have not told yet', async () => {
    const shared = new SharedTypes();
    const store = new FakeStore(shared);
    const { events, app } = await start(store);
    await trackCart(events, Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`N${index}`, index])));
    await app.close();
    expect(shared.settled.size).toBe(25);
    expect(store.calls.at(-1)).toBe('close');
  });
});

describe('a store that is away', () => {
  it('makes nobody wait; what was learned meanwhile is proposed when it is back', async () => {
    const shared = new SharedTypes();
    const store = new FakeStore(shared);
    store.isAway = true;
    const context = await start(store);
    await trackCart(context.events, { Price: 1 });
    await trackCart(context.events, { Price: 'x' });
    expect(locked.kept()).toEqual([{ Price: 1 }, {}]);
    expect(linesOn(context, 'cannot be shared')).toEqual([expect.stringContaining('the store is away')]);
    store.isAway = false;
    await until(() => shared.settled.size === 1);
    expect([...shared.settled.values()]).toEqual([{ ...PRICE, type: 'Number' }]);
    await until(() => linesOn(context, 'shared with other processes again').length === 1);
  });

  it('does not fail the shutdown', async () => {
    const store = new FakeStore();
    const { app, events } = await start(store);
    store.isAway = true;
    await trackCart(events, { Price: 1 });
    await expect(app.close()).resolves.toBeUndefined();
  });

  it.each<[string, Partial<TypeLockStore>]>([
    [
      'throw at once',
      {
        read: () => {
          throw new Error('now');
        },
        close: () => {
          throw new Error('now');
        },
      },
    ],
    [
      'answer nothing',
      { read: async () => undefined as never, settle: async () => null as never, close: () => undefined as never },
    ],
    ['answer less', { settle: async () => [] }],
    [
      'answer more',
      { settle: async (proposed) => [...proposed, ...proposed, { ...PRICE, attribute: 'Other', type: 'Date' }] },
    ],
    ['answer no types', { settle: async () => [null, 5, 'x', {}] as never }],
    [
      'answer unknown types',
      { settle: async (proposed) => proposed.map((type) => ({ ...type, type: 'Money' as never })) },
    ],
    ['read unknown types', { read: async () => [{ ...PRICE, type: 'number' as never }] }],
    ['read no names', { read: async () => [{ eventName: 5, attribute: null, type: 'Number' } as never] }],
  ])('or whose methods %s changes nothing for track()', async (_, methods) => {
    const { events, app } = await start(storeOf(methods));
    for (const Price of [1, 2]) {
      await trackCart(events, { Price });
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await trackCart(events, { Price: 'x' });
    expect(locked.kept()).toEqual([{ Price: 1 }, { Price: 2 }, {}]);
    expect(events.stats().typeConflicts).toBe(1);
    await expect(app.close()).resolves.toBeUndefined();
  });
});

describe('the factory of a store', () => {
  it('is told of the account, and of no secret', async () => {
    const given: TypeLockSettings[] = [];
    await locked.start({ typeLock: { store: (settings) => (given.push(settings), storeOf({})), maxAttributes: 77 } });
    expect(given).toMatchObject([{ licenseCode: LICENSE_CODE, account: undefined, maxAttributes: 77 }]);
    expect(inspect(given, { depth: 10, showHidden: true })).not.toContain(API_KEY);
  });

  it('is not called where nothing is sent', async () => {
    const store = jest.fn(() => storeOf({}));
    await locked.start({ enabled: false, typeLock: { store } });
    expect(store).not.toHaveBeenCalled();
  });

  it.each<[string, () => never]>([
    ['nothing', () => undefined as never],
    ['no store', () => ({ read: 5, settle: () => [] }) as never],
  ])('that makes %s does not let the application boot', async (_, store) => {
    await expect(locked.start({ typeLock: { store } })).rejects.toMatchObject({
      name: 'ConfigurationError',
      problems: [{ option: 'typeLock.store' }],
    });
  });

  it('proposes all again when the store has lost what was settled', async () => {
    const shared = new SharedTypes();
    let forgotten: (() => void) | undefined;
    const { events } = await locked.start({
      typeLock: { store: ({ onForgotten }) => ((forgotten = onForgotten), new FakeStore(shared)) },
    });
    await trackCart(events, { Price: 1 });
    await until(() => shared.settled.size === 1);
    shared.settled.clear();
    forgotten?.();
    await until(() => shared.settled.size === 1);
    expect([...shared.settled.values()]).toEqual([{ ...PRICE, type: 'Number' }]);
  });
});
