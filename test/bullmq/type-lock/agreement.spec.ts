import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LockedType } from '../../../lib/catalog/type-lock/locked-type.js';
import type { AttributeType } from '../../../lib/events/constraints/attribute-type.js';
import { describeWithRedis } from '../support/bullmq-tracking.js';
import { locked, useTypeLockStores } from './type-lock-stores.js';

const TYPES: readonly AttributeType[] = ['String', 'Number', 'Boolean', 'Date', 'JSON Array', 'JSON Object'];

const keyOf = ({ eventName, attribute }: LockedType): string => JSON.stringify([eventName, attribute]);
const tableOf = (types: readonly LockedType[]): Record<string, string> =>
  Object.fromEntries(types.map((type) => [keyOf(type), type.type]));

describeWithRedis('processes that share a type lock', () => {
  const test = useTypeLockStores();

  it('agree on the type that was first, whichever process it came from', async () => {
    const [one, other] = [await test.current.open(), await test.current.open()];
    await expect(one.store.read()).resolves.toEqual([]);
    const number = [locked('Price', 'Number')];
    await expect(one.store.settle(number)).resolves.toEqual(number);
    const strings = [locked('Coupon', 'String'), locked('Price', 'String')];
    await expect(other.store.settle(strings)).resolves.toEqual([strings[0], ...number]);
    await expect(one.store.settle([locked('Coupon', 'Date')])).resolves.toEqual([strings[0]]);
  });

  it('fifty at a time, each in an order of its own, end with one type each', async () => {
    const attributes = Array.from({ length: 40 }, (_, number) => `Attribute ${number}`);
    const orders = fc.sample(
      fc.tuple(
        fc.shuffledSubarray(attributes, { minLength: 40 }),
        fc.array(fc.constantFrom(...TYPES), { minLength: 40 }),
      ),
      { numRuns: 50, seed: 6 },
    );
    const pods = await Promise.all(orders.map(() => test.current.open()));
    const answers = await Promise.all(
      orders.map(async ([order, types], index) => {
        const proposed = order.map((attribute, place) => locked(attribute, types[place] ?? 'String'));
        const { store } = pods[index];
        // In calls of a few, so that the processes are in between one another.
        const parts = await Promise.all([0, 10, 20, 30].map((from) => store.settle(proposed.slice(from, from + 10))));
        return parts.flat();
      }),
    );
    const settled = await test.current.types();
    expect(Object.keys(settled)).toHaveLength(40);
    // Who proposes the same in the same order always wins or always loses: then nothing would have been tried.
    expect(new Set(Object.values(settled)).size).toBeGreaterThan(1);
    for (const answer of answers) expect(tableOf(answer)).toEqual(settled);
    for (const { store } of pods) {
      const read = await store.read();
      expect(read).toHaveLength(40);
      expect(tableOf(read)).toEqual(settled);
    }
  });

  it('read what is new since they last did, each for itself', async () => {
    const [one, other] = [await test.current.open(), await test.current.open()];
    const first = Array.from({ length: 1_200 }, (_, number) => locked(`Attribute ${number}`, 'Number'));
    await expect(one.store.settle(first)).resolves.toEqual(first);
    await expect(other.store.read()).resolves.toEqual(first);
    await expect(other.store.read()).resolves.toEqual([]);
    const second = [locked('Price', 'Number')];
    await other.store.settle([...second, locked('Attribute 7', 'String')]);
    await expect(other.store.read()).resolves.toEqual(second);
    await expect(one.store.read()).resolves.toEqual([...first, ...second]);
    expect([one.forgotten.times, other.forgotten.times]).toEqual([0, 0]);
  });

  it('settle each attribute of one call once', async () => {
    const { store } = await test.current.open();
    const twice = [locked('Price', 'Number'), locked('Price', 'String')];
    await expect(store.settle(twice)).resolves.toEqual([twice[0], twice[0]]);
    await expect(store.settle([])).resolves.toEqual([]);
    await expect(store.read()).resolves.toEqual([twice[0]]);
  });

  it('store no more attributes than they may, and are answered with what they propose beyond', async () => {
    const [bounded, other] = [await test.current.open({}, { maxAttributes: 3 }), await test.current.open()];
    const three = ['a', 'b', 'c'].map((attribute) => locked(attribute, 'Number'));
    await other.store.settle(three.slice(0, 2));
    const beyond = locked('d', 'String');
    await expect(bounded.store.settle([three[2], beyond, locked('a', 'String')])).resolves.toEqual([
      three[2],
      beyond,
      three[0],
    ]);
    await expect(bounded.store.read()).resolves.toEqual(three);
    expect(Object.keys(await test.current.types())).toHaveLength(3);
  });

  it('understand names of any kind', async () => {
    const { store } = await test.current.open();
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.string({ unit: fc.constantFrom('"', '\\', ']', ',', '\n', '\0', '{', ':', '\ud800', 'é'), maxLength: 6 }),
      fc.constantFrom('__proto__', 'constructor', '"],["', '%s', '', ' ', 'null', '1', 'nil', '~'),
    );
    const anyType = fc.record({ eventName: anyText, attribute: anyText, type: fc.constantFrom(...TYPES) });
    const distinct = fc.uniqueArray(anyType, { selector: keyOf, minLength: 300, maxLength: 400 });
    const types = fc.sample(distinct, { numRuns: 1, seed: 7 }).flat();
    await expect(store.settle(types)).resolves.toEqual(types);
    await expect(store.read()).resolves.toEqual(types);
    expect(await test.current.types()).toEqual(tableOf(types));
  });

  it('ignore what others put in their place, and say so once', async () => {
    const { redis, typesKey, logKey } = test.current;
    const { store, log } = await test.current.open();
    const price = locked('Price', 'Number');
    await store.settle([price]);
    await redis.hset(typesKey, keyOf(locked('Coupon', 'String')), 'Money', 'foreign', 'field');
    await redis.rpush(logKey, 'foreign', '["a","b","Money",""]', '{}', '[1,"b","String",""]', 'null', '["a"');
    const coupon = locked('Coupon', 'Date');
    await expect(store.settle([coupon, locked('Price', 'String')])).resolves.toEqual([coupon, price]);
    await expect(store.settle([coupon])).resolves.toEqual([coupon]);
    await expect(store.read()).resolves.toEqual([price]);
    await expect(store.read()).resolves.toEqual([]);
    expect(log.lines).toEqual([expect.stringMatching(/^warn: .*types-log.* it is ignored$/)]);
  });

  it('share it neither with other accounts nor beyond a prefix', async () => {
    const pods = await Promise.all([
      test.current.open(),
      test.current.open({}, { licenseCode: 'another' }),
      test.current.open({ prefix: `${test.current.prefix}:more` }),
    ]);
    for (const { store } of pods) {
      await expect(store.read()).resolves.toEqual([]);
      await expect(store.settle([locked('Price', 'Number')])).resolves.toHaveLength(1);
    }
  });
});
