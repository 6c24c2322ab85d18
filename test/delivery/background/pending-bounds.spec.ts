import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BufferFullError } from 'nestjs-webengage';
import { loadOf, PendingBounds, RunningLoad } from '../../../lib/delivery/pending-bounds.js';
import { envelope } from '../../support/delivery-fakes.js';

const limits = { maxPending: 10, maxPendingBytes: 100 };

describe('the bounds of what is pending', () => {
  it('add up events and their bytes', () => {
    expect(loadOf([])).toEqual({ events: 0, bytes: 0 });
    expect(loadOf([envelope({ bytes: 3 }), envelope({ bytes: 4 })])).toEqual({ events: 2, bytes: 7 });
    const load = new RunningLoad();
    load.add({ events: 3, bytes: 30 });
    load.remove({ events: 1, bytes: 12 });
    expect(load).toEqual({ events: 2, bytes: 18 });
  });

  it('let in just as much as they say', () => {
    const counts = fc.integer({ min: 0, max: 15 });
    const bytes = fc.integer({ min: 0, max: 150 });
    fc.assert(
      fc.property(counts, bytes, counts, bytes, (pendingEvents, pendingBytes, moreEvents, moreBytes) => {
        const bounds = new PendingBounds(limits);
        bounds.pending.add({ events: pendingEvents, bytes: pendingBytes });
        const fits = pendingEvents + moreEvents <= 10 && pendingBytes + moreBytes <= 100;
        expect(errorOf(() => bounds.check({ events: moreEvents, bytes: moreBytes })) === undefined).toBe(fits);
        expect(bounds.isExceeded).toBe(pendingEvents > 10 || pendingBytes > 100);
        // Checking takes no room.
        expect(bounds.pending).toEqual({ events: pendingEvents, bytes: pendingBytes });
      }),
    );
  });

  it('name the option, its limit and what would be pending', () => {
    const bounds = new PendingBounds(limits);
    bounds.pending.add({ events: 9, bytes: 90 });
    const events = errorOf(() => bounds.check({ events: 2, bytes: 20 }));
    expect(events).toBeInstanceOf(BufferFullError);
    expect(events).toMatchObject({ option: 'maxPending', limit: 10, actual: 11 });
    const bytes = errorOf(() => bounds.check({ events: 1, bytes: 11 }));
    expect(bytes).toMatchObject({ option: 'maxPendingBytes', limit: 100, actual: 101 });
  });

  it('count only what will remain, where the rest can be dropped', () => {
    const bounds = new PendingBounds(limits);
    bounds.pending.add({ events: 10, bytes: 100 });
    const more = { events: 4, bytes: 40 };
    expect(errorOf(() => bounds.check(more, { events: 6, bytes: 60 }))).toBeUndefined();
    expect(errorOf(() => bounds.check(more, { events: 7, bytes: 60 }))).toMatchObject({ option: 'maxPending' });
    expect(errorOf(() => bounds.check(more, { events: 6, bytes: 61 }))).toMatchObject({ option: 'maxPendingBytes' });
  });
});

function errorOf(action: () => void): unknown {
  try {
    action();
    return undefined;
  } catch (error) {
    return error;
  }
}
