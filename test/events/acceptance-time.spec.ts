import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AcceptanceTime } from '../../lib/events/acceptance-time.js';
import { formatDate } from '../../lib/events/event-time.js';

const NOON = Date.parse('2026-02-28T12:00:00Z');

describe('the time of acceptance', () => {
  it('is written in UTC, without milliseconds', () => {
    expect(new AcceptanceTime().textAt(NOON + 999)).toBe('2026-02-28T12:00:00+0000');
  });

  it('changes with the second, forwards and backwards', () => {
    const time = new AcceptanceTime();
    const texts = [999, 1000, 1001, 1999, 2000, 999, 0, -1].map((milliseconds) => time.textAt(NOON + milliseconds));
    expect(texts.map((text) => text?.slice(11, 19))).toEqual([
      '12:00:00',
      '12:00:01',
      '12:00:01',
      '12:00:01',
      '12:00:02',
      '12:00:00',
      '12:00:00',
      '11:59:59',
    ]);
  });

  it('is always that of the moment it is asked for, whatever was asked before', () => {
    const moments = fc.oneof(
      fc.integer({ min: NOON - 3_000, max: NOON + 3_000 }),
      fc.date({ noInvalidDate: true }).map(Number),
    );
    fc.assert(
      fc.property(fc.array(moments, { maxLength: 20 }), (asked) => {
        const time = new AcceptanceTime();
        for (const moment of asked) expect(time.textAt(moment)).toBe(formatDate(new Date(moment)));
      }),
    );
  });

  it('is unknown where four digits cannot hold the year', () => {
    const time = new AcceptanceTime();
    expect(time.textAt(NOON)).toBeDefined();
    expect(time.textAt(Date.parse('+010000-01-01T00:00:00Z'))).toBeUndefined();
    expect(time.textAt(NaN)).toBeUndefined();
    expect(time.textAt(NOON)).toBeDefined();
  });
});
