import { describe, expect, it } from '@jest/globals';
import { RequestIds } from '../../../lib/sandbox/account/request-ids.js';
import { EVENT, useSandbox } from '../../support/sandbox-context.js';

const HOUR = 3_600_000;

describe('request ids', () => {
  const context = useSandbox();

  it('are remembered within a bound, the latest at least', () => {
    const ids = new RequestIds();
    for (let index = 0; index < 600_000; index++) ids.add(`${index}`, 0);
    expect([ids.has('599999', 0), ids.has('200000', 0), ids.has('0', 0)]).toEqual([true, true, false]);
  });

  it('that are ingested again count from then on', () => {
    const ids = new RequestIds();
    ids.add('a', 0);
    expect([ids.has('a', 4 * HOUR - 1), ids.has('a', 4 * HOUR)]).toEqual([true, false]);
    ids.add('a', 4 * HOUR);
    expect([ids.has('a', 8 * HOUR - 1), ids.has('a', 8 * HOUR)]).toEqual([true, false]);
  });

  it('may be long, and are told apart to their end', async () => {
    const long = 'x'.repeat(10_000);
    for (const requestId of [`${long}a`, `${long}a`, `${long}b`]) {
      expect(await context.call(EVENT, { requestId })).toBe(201);
    }
    expect(context.sandbox.arrivals().map(({ attemptCount }) => attemptCount)).toEqual([2, 1]);
    expect(context.sandbox.events()).toHaveLength(2);
  });
});
