import { describe, expect, it } from '@jest/globals';
import { EVENT, useSandbox } from '../../support/sandbox-context.js';

const ALL_ZERO = {
  calls: 0,
  ingested: 0,
  recognised: 0,
  refused: 0,
  unanswered: 0,
  dropped: 0,
  damaged: 0,
  remembered: 0,
  forgotten: 0,
};

describe('the state', () => {
  const context = useSandbox({ quota: { single: 3 } });

  async function fill() {
    await context.call({ ...EVENT, eventData: { Price: 1 } }, { requestId: 'a' });
    await context.call({ ...EVENT, eventName: 'we_x' });
    context.sandbox.faults.add({ status: 503 });
    await context.call(EVENT, { requestId: 'b' });
    context.sandbox.clock.advance(60_000);
  }

  it('keeps types, request ids, quota, faults and clock when the events are cleared', async () => {
    await fill();
    context.sandbox.clear();
    expect(context.sandbox.arrivals()).toEqual([]);
    const { counts, faults, quota, now } = context.sandbox.snapshot();
    expect(counts).toEqual(ALL_ZERO);
    expect(faults).toHaveLength(1);
    expect(quota).toMatchObject([{ licenseCode: '~abc' }]);
    expect(now).toBe(context.time + 60_000);
    expect(context.sandbox.types()).toMatchObject([{ eventName: 'Added to Cart', perType: { Number: 1 } }]);
    context.sandbox.faults.clear();
    await context.call(EVENT, { requestId: 'a' });
    expect(context.sandbox.snapshot().counts).toMatchObject({ recognised: 1, ingested: 0 });
  });

  it('is as at the start when it is reset', async () => {
    await fill();
    context.sandbox.reset();
    const { counts, faults, quota, now, clockStopped } = context.sandbox.snapshot();
    expect({ counts, faults, quota, now, clockStopped }).toEqual({
      counts: ALL_ZERO,
      faults: [],
      quota: [],
      now: context.time,
      clockStopped: false,
    });
    expect(context.sandbox.types()).toEqual([]);
    expect(await context.call({ ...EVENT, eventData: { Price: 'x' } }, { requestId: 'a' })).toBe(201);
    expect(context.sandbox.events()).toMatchObject([{ dropped: [] }]);
  });

  it('does not use an id again', async () => {
    await context.call();
    const [before] = context.sandbox.arrivals();
    context.sandbox.clear();
    await context.call();
    context.sandbox.reset();
    await context.call();
    const [after] = context.sandbox.arrivals();
    expect([before?.id, after?.id]).toEqual([1, 3]);
    expect(after?.revision).toBeGreaterThan(before?.revision ?? 0);
  });
});
