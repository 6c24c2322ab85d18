import { describe, expect, it } from '@jest/globals';
import {
  decideRetry,
  isAccessRefused,
  isFailureOfHost,
  isHostOutOfReach,
  isOverQuota,
} from '../../../lib/delivery/retry-policy.js';
import { parseRetryAfter } from '../../../lib/http/retry-after.js';
import { answerOf } from '../../support/delivery-fakes.js';

const HOUR = 60 * 60 * 1000;
const kinds = { isAccessRefused, isOverQuota, isFailureOfHost, isHostOutOfReach };
type Kind = keyof typeof kinds;
const limits = { maxAttempts: 3, minDelay: 1, maxDelay: 1, maxRetryAfter: Infinity };

/** Every status of interest, what it says of the host and the account, and whether a re-attempt may change it. */
const table: [status: number | undefined, isQueued: boolean, kinds: Kind[], mayRetry: boolean][] = [
  [undefined, false, ['isFailureOfHost', 'isHostOutOfReach'], true],
  [200, false, ['isFailureOfHost'], true],
  [200, true, [], true],
  [201, true, [], true],
  [204, false, ['isFailureOfHost'], true],
  [301, false, [], false],
  [400, false, [], false],
  [401, false, ['isAccessRefused'], false],
  [402, false, [], false],
  [403, false, ['isAccessRefused'], false],
  [404, false, ['isAccessRefused'], false],
  [405, false, [], false],
  [408, false, [], true],
  [413, false, [], false],
  [428, false, [], false],
  [429, false, ['isOverQuota'], true],
  [499, false, [], false],
  [500, false, ['isFailureOfHost'], true],
  [501, false, ['isFailureOfHost'], true],
  [502, false, ['isFailureOfHost', 'isHostOutOfReach'], true],
  [503, false, ['isFailureOfHost', 'isHostOutOfReach'], true],
  [504, false, ['isFailureOfHost', 'isHostOutOfReach'], true],
  [505, false, ['isFailureOfHost'], true],
];

describe('kinds of answers', () => {
  it.each(table)('status %p, queued %p: %p; may succeed later: %p', (status, queued, expected, mayRetry) => {
    const answer = answerOf(status, { queued });
    const names = Object.keys(kinds) as Kind[];
    expect(names.filter((name) => kinds[name](answer))).toEqual(expected);
    if (queued) return;
    const decision = decideRetry({ attempts: 1, answer, now: 0, windowStartedAt: 0 }, limits, () => 0);
    expect('retryIn' in decision).toBe(mayRetry);
  });

  it('before any attempt has counted the first delay is the bound', () => {
    const wide = { ...limits, minDelay: 100, maxDelay: 10_000 };
    for (const attempts of [0, 1]) {
      const state = { attempts, answer: answerOf(429), now: 0, windowStartedAt: 0 };
      expect(decideRetry(state, wide, () => 0.5)).toEqual({ retryIn: 50 });
    }
  });

  it('there is no window before the first attempt', () => {
    const state = { attempts: 1, answer: answerOf(429, { retryAfter: 1e12 }), now: 0, windowStartedAt: undefined };
    expect(decideRetry(state, limits, () => 0)).toEqual({ retryIn: 1e12 });
  });

  it.each([
    ['3599', HOUR - 1_000],
    ['3600', HOUR],
    ['3601', HOUR],
    ['86400', HOUR],
    ['1e308', HOUR],
    ['Fri, 02 Jan 2026 12:59:59 GMT', HOUR - 1_000],
    ['Fri, 02 Jan 2026 13:00:01 GMT', HOUR],
    ['Fri, 31 Dec 9999 23:59:59 GMT', HOUR],
  ])('Retry-After: %s is no longer a pause than an hour', (header, pause) => {
    expect(parseRetryAfter(header, Date.parse('2026-01-02T12:00:00Z'))).toBe(pause);
  });
});
