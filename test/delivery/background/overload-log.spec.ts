import { describe, expect, it } from '@jest/globals';
import { LINGER } from '../../../lib/delivery/background/scheduler.js';
import { answerOf, envelopes } from '../../support/delivery-fakes.js';
import { startWorkbench, type Workbench } from './workbench.js';

const ROUNDS = 300;
const good = answerOf(201);

const dropping = (pending: number) =>
  `error: Too much is pending: the oldest events are dropped for new ones, with ${pending} pending. ` +
  'Each is reported on failed$ and counted in stats(), not logged';
const room = (dropped: number) => `log: There is room for events again; ${dropped} were dropped in the meantime`;
const lost = expect.stringContaining('"Tested" was not delivered (refused by WebEngage; attempts: 1;');

/** A full buffer of ten events, one under way. */
function startFull(): Workbench {
  const bench = startWorkbench({ maxPending: 10, overflow: 'drop-oldest', concurrency: 1 });
  bench.delivery.accept(envelopes(10));
  bench.clock.advance(LINGER);
  return bench;
}

/** Answers so many calls, one after the other. */
async function answer(bench: Workbench, calls: number, status = 201): Promise<void> {
  for (let count = 0; count < calls; count++) {
    expect(bench.sender.open).toHaveLength(1);
    await bench.answerAll(answerOf(status));
  }
}

describe('the log under an overload', () => {
  it('tells that events are dropped, not each time that one is', async () => {
    const bench = startWorkbench({ maxPending: 4, overflow: 'drop-oldest', concurrency: 1 });
    // Events come faster than they can be delivered: two for each that goes out.
    for (let round = 0; round < ROUNDS; round++) {
      bench.delivery.accept(envelopes(2));
      bench.clock.advance(LINGER);
      await bench.answerAll(good);
    }
    const { delivered, failed } = bench.ledger.stats();
    expect(Math.min(delivered, failed)).toBeGreaterThan(ROUNDS / 2);
    expect(bench.log.lines).toHaveLength(1);
  });

  it('tells it once, and once that it is over: when half of what was pending is gone', async () => {
    const bench = startFull();
    bench.delivery.accept(envelopes(3));
    expect(bench.log.lines).toEqual([dropping(9)]);
    await answer(bench, 1);
    bench.delivery.accept(envelopes(2));
    await answer(bench, 5);
    expect(bench.ledger.pending).toBe(5);
    expect(bench.log.lines).toEqual([dropping(9)]);
    await answer(bench, 5);
    expect(bench.log.lines).toEqual([dropping(9), room(4)]);
    expect(bench.ledger.stats()).toMatchObject({ accepted: 15, delivered: 11, failed: 4, pending: 0 });
  });

  it('tells it anew the next time, and counts anew', async () => {
    const bench = startFull();
    bench.delivery.accept(envelopes(3));
    await answer(bench, 10);
    bench.delivery.accept(envelopes(10));
    bench.clock.advance(LINGER);
    bench.delivery.accept(envelopes(1));
    await answer(bench, 10);
    expect(bench.log.lines).toEqual([dropping(9), room(3), dropping(9), room(1)]);
  });

  it('tells of other failures meanwhile, and does not count them as dropped nor the dropped as failed', async () => {
    const bench = startFull();
    bench.delivery.accept(envelopes(3));
    await answer(bench, 2, 400);
    await answer(bench, 1);
    expect(bench.log.lines).toEqual([dropping(9), lost, 'log: Events are delivered again; 2 failed in the meantime']);
    await answer(bench, 7);
    expect(bench.log.lines.slice(3)).toEqual([room(3)]);
  });
});
