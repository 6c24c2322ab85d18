import { describe, expect, it } from '@jest/globals';
import { answerOf, envelope, envelopes } from '../../support/delivery-fakes.js';
import { startWorkbench } from './workbench.js';

describe('an event that alone is refused access', () => {
  it.each(['first', 'last'])(
    'fails, and holds the others at most once, if it is answered %s each time',
    async (place) => {
      const bench = startWorkbench({ concurrency: 4, retry: { maxAttempts: 5, minDelay: 1, maxDelay: 10 } });
      const { clock, sender, delivery, failed, log, settled } = bench;
      const bad = envelope();
      delivery.accept([bad]);
      for (let round = 0; round < 2_000 && failed.length === 0; round++) {
        delivery.accept(envelopes(4));
        clock.advance(10);
        const order = [...sender.open].sort(
          (one, other) => Number(other.requestId === bad.requestId) - Number(one.requestId === bad.requestId),
        );
        if (place === 'last') order.reverse();
        for (const call of order) {
          call.answer(answerOf(call.requestId === bad.requestId ? 403 : 201));
          await settled();
        }
      }
      expect(failed).toMatchObject([{ requestId: bad.requestId, reason: 'refused by WebEngage' }]);
      expect(log.lines.filter((line) => line.includes('Check apiKey')).length).toBeLessThanOrEqual(1);
    },
  );
});
