import { describe, expect, it } from '@jest/globals';
import { DeliveryLog } from '../../lib/delivery/delivery-log.js';
import { type DeliveryStats, Ledger } from '../../lib/delivery/ledger.js';
import { envelopes, LineLog } from '../support/delivery-fakes.js';

const FAILURE = { reason: 'refused by WebEngage', message: 'no', attempts: 1, outcomeUnknown: false } as const;

/** A ledger that has accepted ten events, and what its books said each time that it told of one. */
function start() {
  const log = new LineLog();
  const ledger = new Ledger(new DeliveryLog(log));
  ledger.accept(10);
  const told: { readonly requestId: string; readonly stats: DeliveryStats }[] = [];
  const tell = ({ requestId }: { requestId: string }) => told.push({ requestId, stats: ledger.stats() });
  ledger.delivered$.subscribe(tell);
  ledger.failed$.subscribe(tell);
  return { ledger, log, told };
}

describe('the events of one call', () => {
  it.each(['deliver', 'fail'] as const)(
    'are all counted before the first is told, and each is told once: %s',
    (end) => {
      const { ledger, told } = start();
      const [call, rest] = [envelopes(7), envelopes(3)];
      if (end === 'deliver') ledger.deliver(call, { attempts: 1 });
      else ledger.fail(call, FAILURE);
      expect(told.map(({ requestId }) => requestId)).toEqual(call.map(({ requestId }) => requestId));
      const ended = end === 'deliver' ? { delivered: 7, failed: 0 } : { delivered: 0, failed: 7 };
      for (const { stats } of told) expect(stats).toMatchObject({ accepted: 10, ...ended, pending: 3 });
      ledger.deliver(rest, { attempts: 1 });
      expect(told).toHaveLength(10);
      expect(ledger.stats()).toMatchObject({ accepted: 10, pending: 0 });
    },
  );

  it('that fail together are logged once, and counted one by one when events arrive again', () => {
    const { ledger, log } = start();
    ledger.fail(envelopes(7), FAILURE);
    expect(log.lines).toEqual([expect.stringContaining('"Tested" was not delivered')]);
    ledger.deliver(envelopes(3), { attempts: 1 });
    expect(log.lines.slice(1)).toEqual(['log: Events are delivered again; 7 failed in the meantime']);
  });

  it('that end the work are announced when all of them are told', async () => {
    const { ledger, told } = start();
    const idle = ledger.idleWithin(60_000).then(() => told.length);
    ledger.deliver(envelopes(10), { attempts: 1 });
    expect(await idle).toBe(10);
  });

  it('are counted though nobody listens', () => {
    const ledger = new Ledger(new DeliveryLog(new LineLog()));
    ledger.accept(5);
    ledger.deliver(envelopes(2), { attempts: 1 });
    ledger.fail(envelopes(3), FAILURE);
    expect(ledger.stats()).toMatchObject({ accepted: 5, delivered: 2, failed: 3, pending: 0 });
  });
});
