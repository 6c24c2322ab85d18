import { describe, expect, it } from '@jest/globals';
import { LINGER } from '../../../lib/delivery/background/scheduler.js';
import { answerOf, envelopes } from '../../support/delivery-fakes.js';
import { startWorkbench } from './workbench.js';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const WINDOW = 4 * HOUR;
const retry = { maxAttempts: 1_000, minDelay: MINUTE, maxDelay: MINUTE };

/** An event that is answered 408 again and again: perhaps it was ingested. That speaks for the host, so nothing is held. */
function start() {
  const bench = startWorkbench({ concurrency: 1, retry });
  const sentAt: number[] = [];
  bench.delivery.accept(envelopes(1));
  bench.clock.advance(LINGER);
  /** Lets the time pass, and answers each call at once. */
  const pass = async (milliseconds: number) => {
    const end = bench.clock.elapsed() + milliseconds;
    while (bench.clock.elapsed() < end) {
      if (bench.sender.open.length > 0) {
        sentAt.push(bench.clock.elapsed());
        await bench.answerAll(answerOf(408));
      }
      bench.clock.advance(Math.min(bench.clock.nextTimerIn, end - bench.clock.elapsed()));
    }
  };
  return { ...bench, sentAt, pass };
}

describe('the system’s time, set while a call waits to be sent again', () => {
  it.each([1, 2, 3.5])(
    'back by three hours after %d hours: nothing is sent four real hours after the first attempt',
    async (hours) => {
      const { clock, failed, sentAt, pass } = start();
      await pass(hours * HOUR);
      clock.setForward(-3 * HOUR);
      await pass(8 * HOUR);
      const [first = NaN, last = NaN] = [sentAt[0], sentAt.at(-1)];
      expect(last - first).toBeLessThan(WINDOW);
      // It was tried as long as it might.
      expect(last - first).toBeGreaterThanOrEqual(WINDOW - 2 * MINUTE);
      expect(failed).toMatchObject([
        { reason: 'idempotency window over', attempts: sentAt.length, outcomeUnknown: true },
      ]);
    },
  );

  it('forward beyond the window: it is reported, not sent', async () => {
    const { clock, failed, sentAt, sender, pass } = start();
    // Between two attempts.
    await pass(9.5 * MINUTE);
    const calls = sentAt.length;
    clock.setForward(WINDOW);
    await pass(8 * HOUR);
    expect(sender.calls).toHaveLength(calls);
    expect(failed).toMatchObject([{ reason: 'idempotency window over', attempts: calls, outcomeUnknown: true }]);
  });

  it('forward, but after a definite refusal: it is sent, for its window has not begun', async () => {
    const { clock, delivered, sender, settled, answerAll } = start();
    await answerAll(answerOf(429));
    clock.setForward(WINDOW);
    clock.advance(MINUTE);
    await settled();
    expect(sender.open).toHaveLength(1);
    await answerAll(answerOf(201));
    expect(delivered).toHaveLength(1);
  });
});
