import { describe, expect, it } from '@jest/globals';
import { Call } from '../../../lib/delivery/call.js';
import { envelope } from '../../support/delivery-fakes.js';
import type { StoreAnswer } from './fake-store.js';
import { Workbench } from './hand-over-workbench.js';

const BROKEN: StoreAnswer = { after: 100, outcome: 'broken' };
const REFUSED: StoreAnswer = { after: 100, outcome: 'refused' };
const UNMARKED = { outcomeUnknown: false, windowStartedAt: undefined };

describe('a call that is stored again', () => {
  /** Takes a call one minute after the clock began, and waits until it is stored. */
  async function store(script: StoreAnswer[], prepare: (bench: Workbench) => Promise<void> | void = () => undefined) {
    const bench = new Workbench(script, 'memory');
    await bench.pass(60_000);
    await prepare(bench);
    bench.takeCall(Call.single(envelope()));
    return bench;
  }

  it('says that it may have been sent since the store was asked first, when the connection was lost', async () => {
    const bench = await store([BROKEN, BROKEN]);
    const windowStartedAt = bench.clock.now();
    await bench.pass(5_000);
    expect(bench.taken).toMatchObject([{ state: 'durable' }]);
    const lost = { outcomeUnknown: true, windowStartedAt };
    expect(bench.store.asked).toMatchObject([{ ...UNMARKED, at: windowStartedAt }, lost, lost]);
    expect(bench.store.asked.slice(1).every(({ at }) => at > windowStartedAt)).toBe(true);
  });

  it('is not dated back to the time when nobody asked the store', async () => {
    const bench = await store([BROKEN], ({ store: away }) => void (away.isReady = false));
    await bench.pass(300);
    const windowStartedAt = bench.clock.now();
    bench.setReady(true);
    await bench.pass(5_000);
    expect(bench.store.asked).toMatchObject([UNMARKED, { outcomeUnknown: true, windowStartedAt }]);
  });

  it('says nothing of the kind when the store had said no', async () => {
    const bench = await store([REFUSED, REFUSED]);
    await bench.pass(5_000);
    expect(bench.taken).toMatchObject([{ state: 'durable' }]);
    expect(bench.store.asked).toMatchObject([UNMARKED, UNMARKED, UNMARKED]);
  });

  it('keeps the mark when the store says no after that', async () => {
    const bench = await store([BROKEN, REFUSED]);
    const lost = { outcomeUnknown: true, windowStartedAt: bench.clock.now() };
    await bench.pass(5_000);
    expect(bench.store.asked).toMatchObject([UNMARKED, lost, lost]);
  });
});
