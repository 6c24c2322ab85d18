import { describe, expect, it } from '@jest/globals';
import { BufferFullError } from 'nestjs-webengage';
import { LINGER } from '../../../lib/delivery/background/scheduler.js';
import { answerOf, envelope, envelopes, neverConnected } from '../../support/delivery-fakes.js';
import { startWorkbench, type Workbench } from './workbench.js';

const good = answerOf(201);

/** Accepts events and sends what may be sent. */
function send({ delivery, clock }: Workbench, count: number) {
  const given = envelopes(count);
  delivery.accept(given);
  clock.advance(LINGER);
  return given;
}

function tryToAccept({ delivery }: Workbench, bytes: number): boolean {
  try {
    delivery.accept([envelope({ bytes })]);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(BufferFullError);
    return false;
  }
}

describe('background delivery, step by step', () => {
  it('sends nothing before accept() has returned', () => {
    const bench = startWorkbench();
    expect(bench.delivery.accept(envelopes(2))).toEqual(['accepted', 'accepted']);
    expect(bench.sender.calls).toEqual([]);
    expect(bench.ledger.stats()).toMatchObject({ accepted: 2, pending: 2 });
    bench.clock.advance(LINGER);
    expect(bench.sender.calls).toHaveLength(2);
  });

  it('accepts no events without complaint, and then waits for nothing', () => {
    const bench = startWorkbench();
    expect(bench.delivery.accept([])).toEqual([]);
    bench.clock.advance(LINGER);
    expect(bench.clock.timersSet).toBe(0);
  });

  it('sends a call again under its id once its delay is over', async () => {
    const bench = startWorkbench();
    const [event] = send(bench, 1);
    await bench.answerAll(answerOf(500));
    bench.clock.advance(99);
    expect(bench.sender.calls).toHaveLength(1);
    bench.clock.advance(1);
    await bench.answerAll(answerOf(500));
    bench.clock.advance(200);
    await bench.answerAll(good);
    expect(bench.sender.calls.map(({ requestId }) => requestId)).toEqual(Array(3).fill(event?.requestId));
    expect(bench.delivered).toEqual([{ event: {}, requestId: event?.requestId, attempts: 3 }]);
    expect(bench.clock.timersSet).toBe(0);
  });

  it('sets no timer that outlives what is pending', async () => {
    const bench = startWorkbench({ retry: { maxAttempts: 1 } });
    for (let count = 0; count < 5; count++) {
      send(bench, 1);
      await bench.answerAll(answerOf(503, { retryAfter: 3_600_000 }));
    }
    expect(bench.ledger.stats()).toMatchObject({ failed: 5, pending: 0 });
    expect(bench.log.lines.filter((line) => line.includes('Events wait'))).toHaveLength(1);
    expect(bench.clock.timersSet).toBe(0);
  });

  it('sets no timer for an event that was dropped while it waited', async () => {
    const bench = startWorkbench({ maxPending: 1, overflow: 'drop-oldest' });
    send(bench, 1);
    await bench.answerAll(answerOf(408, { retryAfter: 3_600_000 }));
    send(bench, 1);
    await bench.answerAll(good);
    expect(bench.ledger.stats()).toMatchObject({ failed: 1, delivered: 1, pending: 0 });
    expect(bench.clock.timersSet).toBe(0);
  });

  it('does not take the calls that a shutdown breaks off for a host that is down', async () => {
    const bench = startWorkbench({ concurrency: 10 });
    send(bench, 10);
    await bench.delivery.close();
    expect(bench.failed.map(({ reason }) => reason)).toEqual(Array(10).fill('shut down'));
    expect(bench.log.lines).toEqual([]);
  });

  it('says that the shutdown was the reason, even if a call had no further attempt', async () => {
    const bench = startWorkbench({ retry: { maxAttempts: 1 } });
    send(bench, 1);
    await bench.delivery.close();
    expect(bench.failed).toMatchObject([{ reason: 'shut down', attempts: 1, outcomeUnknown: true }]);
  });

  it('probes with other events too: one that a firewall refuses must not hold up all others', async () => {
    const bench = startWorkbench();
    const [poison] = send(bench, 1);
    await bench.answerAll(answerOf(403));
    send(bench, 1);
    for (let probes = 0; probes < 10; probes++) {
      bench.clock.advance(10_000);
      for (const call of [...bench.sender.open])
        call.answer(call.requestId === poison?.requestId ? answerOf(403) : good);
      await bench.settled();
    }
    expect(bench.ledger.stats()).toMatchObject({ delivered: 1 });
  });

  it('gives up in the end an event that is refused access while others are let in', async () => {
    const bench = startWorkbench();
    const [poison] = send(bench, 1);
    for (let minutes = 0; minutes < 300; minutes++) {
      if (minutes < 200) bench.delivery.accept(envelopes(1));
      bench.clock.advance(60_000);
      while (bench.sender.open.length > 0) {
        for (const call of [...bench.sender.open]) {
          call.answer(call.requestId === poison?.requestId ? answerOf(403) : good);
        }
        await bench.settled();
      }
    }
    expect(bench.ledger.stats()).toMatchObject({ delivered: 200, failed: 1, pending: 0 });
  });

  it('holds everything while access is refused to all, without using up attempts', async () => {
    const bench = startWorkbench({ retry: { maxAttempts: 2 } });
    send(bench, 3);
    for (let probes = 0; probes < 50; probes++) {
      await bench.answerAll(answerOf(401));
      bench.clock.advance(10_000);
      expect(bench.sender.open).toHaveLength(1);
    }
    await bench.answerAll(good);
    bench.clock.advance(LINGER);
    await bench.answerAll(good);
    expect(bench.ledger.stats()).toMatchObject({ delivered: 3, failed: 0, pending: 0 });
  });

  it('holds everything while the host is away, without using up attempts', async () => {
    const bench = startWorkbench({ retry: { maxAttempts: 3 } });
    send(bench, 8);
    for (let rounds = 0; rounds < 60; rounds++) {
      await bench.answerAll(neverConnected);
      bench.clock.advance(10_000);
    }
    expect(bench.ledger.stats()).toMatchObject({ failed: 0, pending: 8 });
    for (let rounds = 0; rounds < 5; rounds++) {
      await bench.answerAll(good);
      bench.clock.advance(1_000);
    }
    expect(bench.ledger.stats()).toMatchObject({ delivered: 8, pending: 0 });
    expect(bench.log.lines).toHaveLength(2);
  });

  it('fails a call whose window ends while it is held', async () => {
    const bench = startWorkbench({ concurrency: 5 });
    send(bench, 5);
    await bench.answerAll(answerOf(503));
    bench.clock.advance(400);
    bench.clock.advance(4 * 3_600_000);
    await bench.answerAll(answerOf(503));
    bench.clock.advance(10_000);
    expect(bench.failed).toHaveLength(5);
    expect(new Set(bench.failed.map(({ reason }) => reason))).toEqual(new Set(['idempotency window over']));
    expect(bench.sender.calls).toHaveLength(6);
  });

  it('narrows a refused bulk call down to the event that is at fault', async () => {
    const bench = startWorkbench({ bulk: 'always', concurrency: 1 });
    const given = Array.from({ length: 25 }, (_, index) => envelope({ json: `{"number":${index}}` }));
    bench.delivery.accept(given);
    bench.clock.advance(LINGER);
    while (bench.sender.open.length > 0) {
      const isBad = bench.sender.open[0]?.json.includes('"number":17}') ?? false;
      await bench.answerAll(answerOf(isBad ? 400 : 201));
      bench.clock.advance(LINGER);
    }
    expect(bench.ledger.stats()).toMatchObject({ delivered: 24, failed: 1, pending: 0 });
    const [failed] = bench.failed;
    expect(failed).toMatchObject({
      ...{ event: { number: 17 }, requestId: given[17]?.requestId, reason: 'refused by WebEngage' },
      ...{ status: 400, outcomeUnknown: false },
    });
    expect(failed).not.toHaveProperty('bulkRequestId');
    // 25, 12, 6, 3 (or 2), 1.
    expect(failed?.attempts).toBeLessThanOrEqual(6);
    expect(bench.sender.calls.length).toBeLessThanOrEqual(2 * 5 + 1);
  });
});

describe('a full buffer', () => {
  it('that rejects takes all of several events or none', () => {
    const { delivery, ledger } = startWorkbench({ maxPending: 3 });
    delivery.accept(envelopes(2));
    expect(() => delivery.accept(envelopes(2))).toThrow(BufferFullError);
    expect(ledger.stats()).toMatchObject({ accepted: 2, pending: 2 });
    delivery.accept(envelopes(1));
  });

  it('that drops gives up as few of the oldest as it must, in events and in bytes', () => {
    const { delivery, failed } = startWorkbench({ maxPending: 4, maxPendingBytes: 100, overflow: 'drop-oldest' });
    const old = [30, 30, 20].map((bytes) => envelope({ bytes }));
    delivery.accept(old);
    delivery.accept([envelope({ bytes: 45 })]);
    expect(failed.map(({ requestId }) => requestId)).toEqual([old[0]?.requestId]);
    delivery.accept(envelopes(2, { bytes: 1 }));
    expect(failed.map(({ requestId }) => requestId)).toEqual([old[0]?.requestId, old[1]?.requestId]);
    expect(failed[0]).toMatchObject({ reason: 'dropped from full buffer', attempts: 0, outcomeUnknown: false });
  });

  it('does not drop what is under way, and refuses when there is nothing else', async () => {
    const bench = startWorkbench({ maxPending: 2, overflow: 'drop-oldest', concurrency: 2 });
    send(bench, 2);
    expect(() => bench.delivery.accept(envelopes(1))).toThrow(BufferFullError);
    expect(bench.failed).toEqual([]);
    await bench.answerAll(answerOf(500));
    bench.delivery.accept(envelopes(1));
    expect(bench.failed).toHaveLength(1);
  });

  it('ends though whoever hears of a dropped event tracks others at once', () => {
    const bench = startWorkbench({ maxPendingBytes: 60, overflow: 'drop-oldest' });
    let tracked = 0;
    bench.ledger.failed$.subscribe(() => {
      // Without this end a failure of this test would be a process that hangs.
      for (const bytes of tracked < 100 ? [2, 58] : []) {
        tracked++;
        tryToAccept(bench, bytes);
      }
    });
    bench.delivery.accept([envelope({ bytes: 58 })]);
    bench.delivery.accept([envelope({ bytes: 5 })]);
    expect(bench.failed).toHaveLength(1);
    expect(tracked).toBe(2);
    expect(bench.ledger.stats()).toMatchObject({ accepted: 3, failed: 1, pending: 2 });
  });

  it('is never overfull, not even while the events of a bulk call are reported one by one', async () => {
    const bench = startWorkbench({ maxPending: 25, bulk: 'always' });
    let most = 0;
    bench.ledger.delivered$.subscribe(() => {
      while (tryToAccept(bench, 1)) most = Math.max(most, bench.ledger.stats().pending);
    });
    send(bench, 25);
    await bench.answerAll(good);
    expect(most).toBeLessThanOrEqual(25);
  });
});
