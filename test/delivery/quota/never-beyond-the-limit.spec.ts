import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type QuotaAnswer, QuotaGovernor } from '../../../lib/delivery/quota/quota-governor.js';

/** A call: WebEngage may have counted it at any time between the two. */
interface Call {
  readonly startedAt: number;
  endedAt: number;
}

interface Step {
  /** What passes before it, as a part of the interval; or the time that the governor says, if undefined. */
  readonly pause: number | undefined;
  readonly starts: number;
  /** Which of the calls under way end, and how. */
  readonly ends: readonly { readonly which: number; readonly answer: QuotaAnswer }[];
}

const headers = fc.oneof(
  fc.record({ limit: fc.integer({ min: 1, max: 60 }), remaining: fc.integer({ min: 0, max: 60 }) }),
  fc.record({ limit: fc.double(), remaining: fc.double() }, { requiredKeys: [] }),
);
const answers: fc.Arbitrary<QuotaAnswer> = fc.record(
  {
    status: fc.constantFrom(201, 201, 201, 400, 429, 429, 500, 503, undefined),
    retryAfter: fc.oneof(fc.integer({ min: 0, max: 5_000 }), fc.constantFrom(0, -1, NaN, Infinity)),
    rateLimit: headers,
  },
  { requiredKeys: ['status'] },
);
const steps: fc.Arbitrary<Step> = fc.record({
  pause: fc.option(
    fc.oneof(
      fc.constant(0),
      fc.double({ min: 0, max: 0.1, noNaN: true }),
      fc.double({ min: 0, max: 1.5, noNaN: true }),
    ),
    {
      nil: undefined,
    },
  ),
  starts: fc.nat({ max: 20 }),
  ends: fc.array(fc.record({ which: fc.nat(), answer: answers }), { maxLength: 12 }),
});

/** Plays the steps, and checks at each start that the quota holds whenever WebEngage counted the calls. */
class Play {
  now = 1_000;
  private readonly calls: Call[] = [];
  private readonly underWay: Call[] = [];

  constructor(
    readonly governor: QuotaGovernor,
    private readonly limit: number,
    private readonly interval: number,
  ) {}

  step({ pause, starts, ends }: Step): void {
    if (pause !== undefined) this.now += pause * this.interval;
    else this.waitAsTold();
    for (let started = 0; started < starts && this.governor.waitTime(this.now) === 0; started++) this.start();
    for (const { which, answer } of ends) this.end(which, answer);
  }

  endAll(answer: QuotaAnswer): void {
    while (this.underWay.length > 0) this.end(0, answer);
  }

  waitAsTold(): void {
    const wait = this.governor.waitTime(this.now);
    if (wait < Infinity) this.now += wait;
    else expect(this.underWay).not.toEqual([]);
  }

  private start(): void {
    this.governor.start(this.now);
    const call = { startedAt: this.now, endedAt: Infinity };
    this.calls.push(call);
    this.underWay.push(call);
    // The fullest window ends now: calls that have ended before it began cannot be in it, all others can.
    const windowBegan = this.now - this.interval;
    const inWindow = this.calls.filter(({ endedAt }) => endedAt >= windowBegan).length;
    if (inWindow > this.limit) throw new Error(`${inWindow} calls in a window of ${this.limit}`);
  }

  private end(which: number, answer: QuotaAnswer): void {
    const [call] = this.underWay.splice(which % Math.max(1, this.underWay.length), 1);
    if (!call) return;
    call.endedAt = this.now;
    this.governor.end(this.now, answer);
  }
}

const intervals = fc.constantFrom(10, 1_000, 60_000);
const shutsDown = fc.boolean();

describe('whatever comes in whatever order', () => {
  it.each([
    ['few calls', fc.integer({ min: 1, max: 6 }), 400],
    ['many calls', fc.integer({ min: 7, max: 60 }), 200],
  ])('no window holds more than the limit, and no wait is without end: %s', (_, limits, numRuns) => {
    fc.assert(
      fc.property(limits, intervals, shutsDown, fc.array(steps, { maxLength: 40 }), (limit, interval, isLast, all) => {
        const play = new Play(new QuotaGovernor(limit, interval), limit, interval);
        if (isLast) play.governor.stopSpreading();
        all.forEach((step) => play.step(step));
        play.endAll({ status: 201 });
        const endedAt = play.now;
        for (let waits = 0; play.governor.waitTime(play.now) > 0; waits++) {
          if (waits > 10) throw new Error(`no call may start ${play.now - endedAt} ms after the last`);
          play.waitAsTold();
        }
        expect(play.now - endedAt).toBeLessThanOrEqual(5_000 + 2 * interval);
      }),
      { numRuns },
    );
  });

  it('no window holds more than a limit that is too large for calls to be remembered one by one', () => {
    const interval = 60_000;
    const limits = fc.integer({ min: 1_025, max: 2_000 });
    const pauses = fc.array(fc.double({ min: 0, max: 50 / interval, noNaN: true }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(limits, pauses, (limit, all) => {
        const play = new Play(new QuotaGovernor(limit, interval), limit, interval);
        play.governor.stopSpreading();
        for (let round = 0; round < 500; round++) {
          const ends = Array.from({ length: 7 }, () => ({ which: 0, answer: { status: 201 } }));
          play.step({ pause: all[round % all.length], starts: 7, ends });
          play.step({ pause: undefined, starts: 7, ends });
        }
      }),
      // Shrinking hundreds of calls takes minutes, and tells nothing.
      { numRuns: 10, endOnFailure: true },
    );
  });
});
