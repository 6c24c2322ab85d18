import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { LockedType, TypeLockStore } from 'nestjs-webengage';
import { AttributeTypeLock } from '../../../lib/catalog/type-lock/attribute-type-lock.js';
import { LockExchange } from '../../../lib/catalog/type-lock/lock-exchange.js';
import { LineLog } from '../../support/delivery-fakes.js';
import { storeOf } from './shared-store.js';

const PRICE = { eventName: 'Added to Cart', attribute: 'Price', type: 'Number' } as const;
const MINUTE = 60_000;

let log: LineLog;
let calls: string[];

function exchangeWith(store: TypeLockStore): { lock: AttributeTypeLock; exchange: LockExchange } {
  const lock = new AttributeTypeLock({ maxEvents: 10, maxAttributes: 100 }, log);
  return { lock, exchange: new LockExchange(store, lock, log) };
}

function learn(lock: AttributeTypeLock): void {
  const lessons: LockedType[] = [];
  lock.judge(PRICE.eventName, { [PRICE.attribute]: 1 }, lessons);
  lock.keep(lessons);
}

/** How long it takes at most, in milliseconds. */
async function within(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  let isDone = false;
  void work.then(() => (isDone = true));
  await jest.advanceTimersByTimeAsync(milliseconds);
  return isDone;
}

beforeEach(() => {
  jest.useFakeTimers();
  log = new LineLog();
  calls = [];
});

afterEach(() => {
  jest.useRealTimers();
});

const hang = (name: string) => () => (calls.push(name), new Promise<never>(() => undefined));

describe('a store that hangs', () => {
  it('is waited for two seconds at boot, and twice at shutdown', async () => {
    const { lock, exchange } = exchangeWith({ read: hang('read'), settle: hang('settle'), close: hang('close') });
    const opened = exchange.open();
    expect(await within(1_900, opened)).toBe(false);
    expect(await within(100, opened)).toBe(true);
    learn(lock);
    expect(await within(4_100, exchange.close())).toBe(true);
    expect(calls.filter((name) => name === 'close')).toHaveLength(1);
  });

  it('is told of, and asked again', async () => {
    let isHanging = true;
    const settled: LockedType[] = [];
    const { lock, exchange } = exchangeWith(
      storeOf({
        read: () => (isHanging ? hang('read')() : Promise.resolve([])),
        settle: async (proposed) => (settled.push(...proposed), proposed),
      }),
    );
    await within(2_000, exchange.open());
    learn(lock);
    await jest.advanceTimersByTimeAsync(MINUTE);
    expect(log.lines).toEqual([
      expect.stringMatching(/^warn: .*not known yet, after 2000 ms/),
      expect.stringMatching(/^error: .*cannot be shared with other processes/),
    ]);
    isHanging = false;
    await jest.advanceTimersByTimeAsync(MINUTE);
    expect(settled).toEqual([PRICE]);
  });

  it('is asked nothing any more once it was closed', async () => {
    let answer: (types: LockedType[]) => void = () => undefined;
    const { lock, exchange } = exchangeWith(
      storeOf({
        read: () => new Promise((resolve) => (calls.push('read'), (answer = resolve))),
        settle: async (proposed) => (calls.push('settle'), proposed),
        close: async () => void calls.push('close'),
      }),
    );
    await within(2_000, exchange.open());
    learn(lock);
    await within(4_100, exchange.close());
    answer([]);
    await jest.advanceTimersByTimeAsync(MINUTE);
    expect(calls.at(-1)).toBe('close');
  });
});

describe('an exchange', () => {
  it('reads every five seconds, and proposes at once', async () => {
    const { lock, exchange } = exchangeWith(
      storeOf({
        read: async () => (calls.push('read'), []),
        settle: async (proposed) => (calls.push(`settle ${proposed.length}`), proposed),
      }),
    );
    await within(0, exchange.open());
    await jest.advanceTimersByTimeAsync(20_000);
    expect(calls.filter((name) => name === 'read')).toHaveLength(5);
    learn(lock);
    await jest.advanceTimersByTimeAsync(1);
    expect(calls).toContain('settle 1');
    await within(0, exchange.close());
  });

  it('proposes many types in calls of a thousand, each once', async () => {
    const sizes: number[] = [];
    const { lock, exchange } = exchangeWith(
      storeOf({ settle: async (proposed) => (sizes.push(proposed.length), proposed) }),
    );
    lock.keep(Array.from({ length: 2_500 }, (_, index) => ({ ...PRICE, attribute: `Price ${index}` })));
    await jest.advanceTimersByTimeAsync(10_000);
    expect(sizes).toEqual([1_000, 1_000, 500]);
    await within(0, exchange.close());
  });

  it('loses nothing that is learned while it settles', async () => {
    const settled: string[] = [];
    const { lock, exchange } = exchangeWith(
      storeOf({
        settle: async (proposed) => {
          await new Promise((resolve) => setTimeout(resolve, 50));
          if (settled.length === 0) lock.keep([{ ...PRICE, attribute: 'Later' }]);
          settled.push(...proposed.map(({ attribute }) => attribute));
          return proposed;
        },
      }),
    );
    learn(lock);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(settled).toEqual(['Price', 'Later']);
    await within(0, exchange.close());
  });
});
