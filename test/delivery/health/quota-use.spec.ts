import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { QuotaUse } from '../../../lib/delivery/health/quota-use.js';
import type { Answer, RateLimit } from '../../../lib/http/answer.js';
import { answerOf } from '../../support/delivery-fakes.js';

const INTERVAL = 60_000;
const PART = INTERVAL / 60;
const LIMITS = { single: 10, bulk: 4, interval: INTERVAL };
const KINDS = ['single', 'bulk'] as const;
type Kind = (typeof KINDS)[number];

/** One at a time that the test chooses. */
class Quota {
  now: number;
  readonly use: QuotaUse;

  constructor(limits = LIMITS, startedAt = 0) {
    this.now = startedAt;
    this.use = new QuotaUse(limits, () => this.now);
  }

  call(kind: Kind = 'single') {
    return this.use.watch({ kind });
  }

  answered(status: number | undefined, rateLimit?: RateLimit, kind: Kind = 'single'): void {
    this.call(kind).end(answerOf(status, rateLimit && { rateLimit }));
  }
}

/** Remembers everything, and counts anew each time. */
class NaiveQuota {
  readonly calls: { readonly kind: Kind; readonly at: number }[] = [];
  readonly answers: { readonly kind: Kind; readonly at: number; readonly answer: Answer }[] = [];

  /** Between what lower and upper bound the use lies: calls are counted in sixtieths of the window. */
  boundsOf(kind: Kind, now: number): [number, number] {
    const told = this.answers
      .filter((one) => one.kind === kind)
      .filter(({ answer: { queued, status, rateLimit } }) => queued || status === 429 || rateLimit !== undefined)
      .at(-1);
    const isFresh = told !== undefined && now - told.at < INTERVAL;
    if (isFresh && told.answer.status === 429) return [1, 1];
    const rateLimit = isFresh ? (told.answer.rateLimit ?? {}) : {};
    const limit = rateLimit.limit ?? LIMITS[kind];
    const others = rateLimit.remaining === undefined ? 0 : limit - rateLimit.remaining;
    const callsWithin = (milliseconds: number) =>
      this.calls.filter((call) => call.kind === kind && now - call.at < milliseconds).length;
    const use = (own: number) => (limit === 0 ? 1 : Math.min(1, Math.max(own, others) / limit));
    return [use(callsWithin(INTERVAL - PART)), use(callsWithin(INTERVAL))];
  }
}

const kind = fc.constantFrom(...KINDS);
const rateLimit = fc.option(fc.record({ limit: fc.nat(20), remaining: fc.nat(20) }, { requiredKeys: [] }), {
  nil: undefined,
});
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('call' as const), of: kind }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      of: kind,
      status: fc.constantFrom(201, 201, 400, 429, 500, undefined),
      rateLimit,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      milliseconds: fc.oneof(fc.nat(2 * PART), fc.nat(INTERVAL), fc.nat(5 * INTERVAL)),
    }),
  },
);

describe("how much of the account's quota is used up", () => {
  it('is what a list of all calls and answers says', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.nat(10 * INTERVAL), (steps, startedAt) => {
        const quota = new Quota(LIMITS, startedAt);
        const naive = new NaiveQuota();
        for (const taken of steps) {
          if (taken.kind === 'pass') quota.now += taken.milliseconds;
          else {
            const watch = quota.call(taken.of);
            naive.calls.push({ kind: taken.of, at: quota.now });
            if (taken.kind === 'answer') {
              const answer = answerOf(taken.status, taken.rateLimit && { rateLimit: taken.rateLimit });
              watch.end(answer);
              naive.answers.push({ kind: taken.of, at: quota.now, answer });
            }
          }
          for (const one of KINDS) {
            const [least, most] = naive.boundsOf(one, quota.now);
            expect(quota.use.of(one)).toBeGreaterThanOrEqual(least);
            expect(quota.use.of(one)).toBeLessThanOrEqual(most);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is a number from 0 to 1, whatever the interval', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_147_483_647 }),
        fc.array(fc.double({ min: 0, max: 1e10, noNaN: true }), { maxLength: 30 }),
        (interval, pauses) => {
          const quota = new Quota({ single: 3, bulk: 1, interval });
          for (const pause of pauses) {
            quota.now += pause;
            quota.call();
            expect(quota.use.of('single')).toBeGreaterThanOrEqual(1 / 3);
            expect(quota.use.of('single')).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });

  it('is nothing at first, and again a minute after the last call', () => {
    const quota = new Quota();
    expect(quota.use.of('single')).toBe(0);
    quota.call();
    quota.now = INTERVAL - PART;
    expect(quota.use.of('single')).toBe(0.1);
    quota.now = INTERVAL;
    expect(quota.use.of('single')).toBe(0);
  });

  it('counts each kind of call by itself', () => {
    const quota = new Quota();
    quota.call('bulk');
    expect([quota.use.of('single'), quota.use.of('bulk')]).toEqual([0, 0.25]);
    quota.answered(429, undefined, 'bulk');
    expect([quota.use.of('single'), quota.use.of('bulk')]).toEqual([0, 1]);
  });

  it('is all of it for a minute after a 429, or until WebEngage takes a call', () => {
    const quota = new Quota();
    quota.answered(429);
    quota.now = INTERVAL - 1;
    expect(quota.use.of('single')).toBe(1);
    quota.now = INTERVAL;
    expect(quota.use.of('single')).toBe(0);
    quota.answered(429);
    quota.answered(503);
    expect(quota.use.of('single')).toBe(1);
    quota.answered(201);
    expect(quota.use.of('single')).toBeCloseTo(0.3);
  });

  it('includes what others use, as far as WebEngage says it', () => {
    const quota = new Quota();
    quota.answered(201, { limit: 100, remaining: 25 });
    expect(quota.use.of('single')).toBe(0.75);
    quota.answered(201, { remaining: 2 });
    expect(quota.use.of('single')).toBe(0.8);
    quota.answered(201, { limit: 100 });
    expect(quota.use.of('single')).toBe(0.03);
    quota.answered(201, { limit: 10, remaining: 40 });
    expect(quota.use.of('single')).toBe(0.4);
    quota.answered(400, { limit: 0, remaining: 0 });
    expect(quota.use.of('single')).toBe(1);
  });
});
