import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LockedType } from '../../../lib/catalog/type-lock/locked-type.js';
import type { AttributeType } from '../../../lib/events/constraints/attribute-type.js';
import { describeWithRedis } from '../support/bullmq-tracking.js';
import { locked, type Pod, type TypeLockStores, useTypeLockStores } from './type-lock-stores.js';

const [PRICE, COUPON, SIZE] = [locked('Price', 'Number'), locked('Coupon', 'String'), locked('Size', 'Number')];

describeWithRedis('a Redis that has lost what was settled', () => {
  const test = useTypeLockStores();

  it('is noticed when it is read, and read from the beginning', async () => {
    const [one, other] = [await test.current.open(), await test.current.open()];
    await one.store.settle([PRICE, COUPON]);
    await one.store.read();
    await test.current.lose();
    await expect(one.store.read()).resolves.toEqual([]);
    expect(one.forgotten.times).toBe(1);
    expect(one.log.lines).toEqual([expect.stringMatching(/^warn: .* proposes its own again$/)]);
    await one.store.settle([PRICE]);
    await expect(one.store.read()).resolves.toEqual([PRICE]);
    await expect(other.store.read()).resolves.toEqual([PRICE]);
    expect([one.forgotten.times, other.forgotten.times]).toEqual([1, 0]);
  });

  it('is noticed though others have settled more since than there was', async () => {
    const [one, other] = [await test.current.open(), await test.current.open()];
    await one.store.settle([PRICE]);
    await one.store.read();
    await test.current.lose();
    await other.store.settle([PRICE, COUPON, SIZE]);
    await expect(one.store.read()).resolves.toEqual([PRICE, COUPON, SIZE]);
    expect(one.forgotten.times).toBe(1);
  });

  it('is noticed when something is settled, even before anything was read', async () => {
    const { store, forgotten } = await test.current.open();
    await store.settle([PRICE]);
    await test.current.lose();
    await store.settle([COUPON]);
    expect(forgotten.times).toBe(1);
    await store.settle([PRICE]);
    await expect(store.read()).resolves.toEqual([COUPON, PRICE]);
    expect(forgotten.times).toBe(1);
  });

  it('is noticed once, though much is under way', async () => {
    const { store, forgotten } = await test.current.open();
    await store.settle([PRICE]);
    await test.current.lose();
    await Promise.all([store.read(), store.settle([COUPON]), store.read(), store.settle([SIZE])]);
    expect(forgotten.times).toBe(1);
    await expect(store.read()).resolves.toEqual([SIZE]);
  });

  it('is noticed when a replica took over that did not have the latest', async () => {
    const [one, other] = [await test.current.open(), await test.current.open()];
    await one.store.settle([PRICE, COUPON]);
    await one.store.read();
    await test.current.redis.rpop(test.current.logKey);
    await test.current.redis.hdel(test.current.typesKey, JSON.stringify([COUPON.eventName, COUPON.attribute]));
    await other.store.settle([locked('Coupon', 'Date')]);
    await expect(one.store.read()).resolves.toEqual([PRICE, locked('Coupon', 'Date')]);
    expect(one.forgotten.times).toBe(1);
  });

  it('of only one of its keys has lost both', async () => {
    for (const key of [test.current.typesKey, test.current.logKey]) {
      const { store, forgotten } = await test.current.open();
      await store.settle([PRICE, COUPON]);
      await test.current.lose(key);
      await expect(store.settle([SIZE])).resolves.toEqual([SIZE]);
      expect(forgotten.times).toBe(1);
      await expect(store.read()).resolves.toEqual([SIZE]);
      await test.current.lose();
    }
  });

  it('has all types again that any process knows, and all processes agree, whatever happened in between', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(STEP, { minLength: 4, maxLength: 20 }), async (steps) => {
        await test.current.lose();
        const pods = await Promise.all([0, 1, 2].map(() => RememberingPod.open(test.current)));
        const underWay: Promise<void>[] = [];
        for (const step of steps) {
          if (step.waits) await Promise.all(underWay);
          underWay.push(take(step, pods, test.current));
        }
        await Promise.all(underWay);
        // One settles something new, which shows what is lost; then all look, and propose, until nothing changes.
        await pods[0]?.settle(locked('Last', 'Number'));
        for (let round = 0; round < 3; round++) for (const pod of pods) await pod.read();
        const settled = await test.current.types();
        for (const pod of pods) expect(pod.shared).toEqual(settled);
        await Promise.all(pods.map(({ pod }) => pod.store.close()));
      }),
      { numRuns: 25 },
    );
  });
});

interface Step {
  readonly what: 'settle' | 'read' | 'lose types' | 'lose log' | 'lose both';
  readonly pod: number;
  readonly attribute: string;
  readonly type: AttributeType;
  /** Whether it is taken only after all that went before. */
  readonly waits: boolean;
}

const STEP: fc.Arbitrary<Step> = fc.record({
  what: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom('settle' as const, 'read' as const) },
    { weight: 1, arbitrary: fc.constantFrom('lose types' as const, 'lose log' as const, 'lose both' as const) },
  ),
  pod: fc.nat({ max: 2 }),
  attribute: fc.constantFrom('a', 'b', 'c', 'd'),
  type: fc.constantFrom<AttributeType[]>('String', 'Number', 'Date'),
  waits: fc.boolean(),
});

async function take(
  { what, pod, attribute, type }: Step,
  pods: RememberingPod[],
  stores: TypeLockStores,
): Promise<void> {
  const { typesKey, logKey } = stores;
  if (what === 'settle') await pods[pod]?.settle(locked(attribute, type));
  else if (what === 'read') await pods[pod]?.read();
  else await stores.lose(...(what === 'lose types' ? [typesKey] : what === 'lose log' ? [logKey] : []));
}

/** A process that proposes all it knows once it hears that Redis has lost it. */
class RememberingPod {
  readonly known = new Map<string, LockedType>();
  private forgotten = 0;

  private constructor(readonly pod: Pod) {}

  static async open(stores: TypeLockStores): Promise<RememberingPod> {
    return new RememberingPod(await stores.open());
  }

  get shared(): Record<string, string> {
    return Object.fromEntries([...this.known].map(([key, { type }]) => [key, type]));
  }

  async settle(proposed: LockedType): Promise<void> {
    this.learn(await this.pod.store.settle([proposed]));
    await this.proposeAgain();
  }

  async read(): Promise<void> {
    this.learn(await this.pod.store.read());
    await this.proposeAgain();
  }

  private async proposeAgain(): Promise<void> {
    while (this.forgotten < this.pod.forgotten.times) {
      this.forgotten = this.pod.forgotten.times;
      this.learn(await this.pod.store.settle([...this.known.values()]));
    }
  }

  private learn(types: readonly LockedType[]): void {
    for (const type of types) this.known.set(JSON.stringify([type.eventName, type.attribute]), type);
  }
}
