import { afterAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { LINGER } from '../../lib/delivery/background/scheduler.js';
import { DeliveryLog } from '../../lib/delivery/delivery-log.js';
import { answerOf, envelopes, LineLog } from '../support/delivery-fakes.js';
import { startWorkbench } from './background/workbench.js';

const TEN_MINUTES = 600_000;
const OVER = answerOf(429);
const LINE = "warn: status 429. The account's quota is used up, perhaps by others; calls wait for it";

describe('the log of an account over its quota', () => {
  const now = jest.spyOn(Date, 'now');
  let time = 0;

  beforeEach(() => {
    time = 1_000;
    now.mockImplementation(() => time);
  });

  afterAll(() => now.mockRestore());

  it('says so once in ten minutes', () => {
    const log = new LineLog();
    const deliveryLog = new DeliveryLog(log);
    for (const passed of [0, 1, TEN_MINUTES - 2]) {
      time += passed;
      deliveryLog.overQuota(OVER);
    }
    expect(log.lines).toEqual([LINE]);
    time++;
    deliveryLog.overQuota(OVER);
    expect(log.lines).toEqual([LINE, LINE]);
  });

  it('is told of each 429 in background delivery, and of nothing else', async () => {
    const bench = startWorkbench();
    bench.delivery.accept(envelopes(1));
    bench.clock.advance(LINGER);
    await bench.answerAll(answerOf(500));
    bench.clock.advance(100);
    expect(bench.log.lines).toEqual([]);
    await bench.answerAll(OVER);
    bench.clock.advance(100);
    await bench.answerAll(OVER);
    expect(bench.log.lines).toEqual([LINE]);
  });
});
