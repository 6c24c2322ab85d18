import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { IDEMPOTENCY_WINDOW } from '../../lib/delivery/idempotency-window.js';
import { decideRetry, type AttemptState, type RetryLimits } from '../../lib/delivery/retry-policy.js';
import { parseRetryAfter } from '../../lib/http/retry-after.js';

const limits: RetryLimits = { maxAttempts: 5, minDelay: 250, maxDelay: 30_000, maxRetryAfter: 60_000 };

function state(change: Partial<AttemptState> & { status?: number; retryAfter?: number } = {}): AttemptState {
  const { status, retryAfter, ...rest } = change;
  const answer = { queued: false, status, message: '', mayBeIngested: true, retryAfter };
  return { attempts: 1, answer, now: 0, windowStartedAt: 0, ...rest };
}

describe('the retry policy', () => {
  it.each([undefined, 200, 201, 204, 408, 429, 500, 502, 503, 504, 599])('tries again after %p', (status) => {
    expect(decideRetry(state({ status }), limits, () => 0)).toEqual({ retryIn: 0 });
  });

  it.each([301, 302, 307, 400, 401, 403, 404, 405, 409, 413, 418, 422, 451])('gives up after %p', (status) => {
    expect(decideRetry(state({ status }), limits, () => 0)).toEqual({ giveUp: 'refused by WebEngage' });
  });

  it('waits between nothing and a bound that doubles up to maxDelay', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.integer({ min: 0, max: 5_000 }),
        fc.integer({ min: 5_000, max: 100_000 }),
        (attempts, random, minDelay, maxDelay) => {
          const generous = { maxAttempts: 100, minDelay, maxDelay, maxRetryAfter: 0 };
          const decision = decideRetry(state({ attempts }), generous, () => random);
          const bound = Math.min(maxDelay, minDelay * 2 ** (attempts - 1));
          expect(decision).toEqual({ retryIn: random * bound });
        },
      ),
    );
  });

  it('never waits less than Retry-After, nor for one that is too long', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 120_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (retryAfter, random) => {
          const decision = decideRetry(state({ status: 429, retryAfter }), limits, () => random);
          if (retryAfter > limits.maxRetryAfter) expect(decision).toEqual({ giveUp: 'retry too late' });
          else expect((decision as { retryIn: number }).retryIn).toBeGreaterThanOrEqual(retryAfter);
        },
      ),
    );
  });

  it('knows no delay that is not a number, however many the attempts', () => {
    const patient = { maxAttempts: 10_000, minDelay: 0, maxDelay: 10, maxRetryAfter: 0 };
    expect(decideRetry(state({ attempts: 5_000 }), patient, () => 0.5)).toEqual({ retryIn: 0 });
    expect(decideRetry(state({ attempts: 5_000 }), { ...patient, minDelay: 1 }, () => 0.5)).toEqual({ retryIn: 5 });
  });

  it('ends after maxAttempts', () => {
    expect(decideRetry(state({ attempts: 4 }), limits, () => 0)).toEqual({ retryIn: 0 });
    expect(decideRetry(state({ attempts: 5 }), limits, () => 0)).toEqual({ giveUp: 'attempts exhausted' });
  });

  it('never tries again once the idempotency window would be over', () => {
    const now = IDEMPOTENCY_WINDOW - 100;
    const within = state({ now, retryAfter: 99 });
    const beyond = state({ now, retryAfter: 100 });
    expect(decideRetry(within, limits, () => 0)).toEqual({ retryIn: 99 });
    expect(decideRetry(beyond, limits, () => 0)).toEqual({ giveUp: 'idempotency window over' });
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');

  it.each([
    ['0', 0],
    ['1', 1_000],
    ['1.5', 1_500],
    [' 2 ', 2_000],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
    ['-1', undefined],
    ['', undefined],
    ['soon', undefined],
    [undefined, undefined],
    [['1', '2'], undefined],
  ])('%p means %p ms', (header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(expected);
  });
});
