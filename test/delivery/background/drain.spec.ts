import { describe, expect, it } from '@jest/globals';
import { LINGER } from '../../../lib/delivery/background/scheduler.js';
import { answerOf, envelopes } from '../../support/delivery-fakes.js';
import { startWorkbench, type Workbench } from './workbench.js';

const HOUR = 3_600_000;
const good = answerOf(201);

/** A delivery that holds its events back after this answer to five calls, and one new event that was never sent. */
async function startHeld(status: number, retryAfter?: number): Promise<Workbench> {
  const bench = startWorkbench({ concurrency: 5, retry: { maxAttempts: 10, minDelay: 1_000, maxDelay: 10_000 } });
  bench.delivery.accept(envelopes(5));
  bench.clock.advance(LINGER);
  await bench.answerAll(answerOf(status, { retryAfter }));
  bench.delivery.accept(envelopes(1));
  bench.clock.advance(LINGER);
  expect(bench.sender.open).toEqual([]);
  return bench;
}

function drain({ delivery, clock }: Workbench): void {
  delivery.drain();
  clock.advance(0);
}

describe.each([401, 503])('a drain during a hold because of %d', (status) => {
  it('sends the probe that waits at once, and no second one before it is answered', async () => {
    const bench = await startHeld(status);
    drain(bench);
    expect(bench.sender.open).toHaveLength(1);
    drain(bench);
    bench.clock.advance(HOUR);
    expect(bench.sender.open).toHaveLength(1);
    await bench.answerAll(good);
    while (bench.sender.open.length > 0) await bench.answerAll(good);
    expect(bench.ledger.stats()).toMatchObject({ delivered: 6, failed: 0, pending: 0 });
    expect(bench.log.lines).toHaveLength(2);
  });

  it('begins anew with the growing pauses after that probe, until it is drained again', async () => {
    const bench = await startHeld(status);
    drain(bench);
    // Four times minDelay, then twice that.
    for (const pause of [4_000, 8_000]) {
      await bench.answerAll(answerOf(status));
      bench.clock.advance(pause - 1);
      expect(bench.sender.open).toEqual([]);
      bench.clock.advance(1);
      expect(bench.sender.open).toHaveLength(1);
    }
    await bench.answerAll(answerOf(status));
    expect(bench.sender.open).toEqual([]);
    drain(bench);
    expect(bench.sender.open).toHaveLength(1);
  });

  it('waits as long as WebEngage asked for, even with an event that was never sent', async () => {
    const bench = await startHeld(status, HOUR);
    drain(bench);
    bench.clock.advance(HOUR - LINGER - 1);
    drain(bench);
    expect(bench.sender.open).toEqual([]);
    bench.clock.advance(1);
    expect(bench.sender.open).toHaveLength(1);
  });
});

it.each([401, 503])(
  'what a host refused with %d for long is delivered soon after a drain if it is back then',
  async (status) => {
    const bench = await startHeld(status);
    // The pauses have grown to the longest.
    for (let probes = 0; probes < 20; probes++) {
      bench.clock.advance(bench.clock.nextTimerIn);
      await bench.answerAll(answerOf(status));
    }
    expect(bench.clock.nextTimerIn).toBeGreaterThan(9_000);
    drain(bench);
    await bench.answerAll(answerOf(status));
    // Back in the first pause after that.
    bench.clock.advance(4_000);
    while (bench.sender.open.length > 0) await bench.answerAll(good);
    expect(bench.ledger.stats()).toMatchObject({ delivered: 6, failed: 0, pending: 0 });
  },
);

it('a delivery whose re-attempts need no delay still pauses during a hold', async () => {
  const bench = startWorkbench({ retry: { minDelay: 0 } });
  bench.delivery.accept(envelopes(3));
  bench.clock.advance(LINGER);
  for (const pause of [4, 8, 16, 32]) {
    await bench.answerAll(answerOf(401));
    bench.clock.advance(pause - 1);
    expect(bench.sender.open).toEqual([]);
    bench.clock.advance(1);
    expect(bench.sender.open).toHaveLength(1);
  }
});
