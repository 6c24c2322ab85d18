import { describe, expect, it } from '@jest/globals';
import { type AttemptEnd, concludeAttempt, type Outcome } from '../../lib/delivery/outcome.js';
import { Call } from '../../lib/delivery/call.js';
import { IDEMPOTENCY_WINDOW } from '../../lib/delivery/idempotency-window.js';
import { RequestIds } from '../../lib/delivery/request-ids.js';
import type { Answer } from '../../lib/http/answer.js';
import { answerOf, envelopes, neverConnected } from '../support/delivery-fakes.js';

const NOW = 1_000;
const limits = { maxAttempts: 3, minDelay: 100, maxDelay: 1_000, maxRetryAfter: Infinity };
const unanswered = answerOf(undefined);
const requestIds = new RequestIds();

interface Case {
  readonly name: string;
  readonly answer: Answer;
  /** The answers before; none by default. */
  readonly earlier?: readonly Answer[];
  /** One by itself by default. */
  readonly events?: number | 'one in bulk';
  readonly isProbe?: true;
  readonly isLast?: true;
  readonly outcome: Outcome;
  /** By how much it brings the event nearer to maxAttempts; 1 by default. */
  readonly counts?: 0;
}

const delivered: Outcome = { kind: 'delivered' };
const split: Outcome = { kind: 'split' };
const atOnce: Outcome = { kind: 'wait', delay: 0, pause: 0 };
const failed = (reason: (Outcome & { kind: 'failed' })['reason']): Outcome => ({ kind: 'failed', reason });
// Half of the bound of the first, or the second, delay.
const first: Outcome = { kind: 'wait', delay: 50, pause: 0 };
const second: Outcome = { kind: 'wait', delay: 100, pause: 0 };

const cases: Case[] = [
  { name: 'queued', answer: answerOf(201), outcome: delivered, counts: 0 },
  { name: 'queued at the shutdown', answer: answerOf(201), isLast: true, outcome: delivered, counts: 0 },
  { name: '201 without queued', answer: answerOf(201, { queued: false }), outcome: first },
  { name: 'no answer', answer: unanswered, outcome: first },
  { name: 'no connection', answer: neverConnected, outcome: first },
  { name: '408', answer: answerOf(408), outcome: first },
  { name: '500', answer: answerOf(500), outcome: first },
  { name: 'the second 500', answer: answerOf(500), earlier: [answerOf(500)], outcome: second },
  {
    name: 'the last 500',
    answer: answerOf(500),
    earlier: [answerOf(500), unanswered],
    outcome: failed('attempts exhausted'),
  },
  {
    name: '503 with Retry-After',
    answer: answerOf(503, { retryAfter: 7_000 }),
    outcome: { kind: 'wait', delay: 7_000, pause: 7_000 },
  },
  {
    name: '503 with a short Retry-After',
    answer: answerOf(503, { retryAfter: 10 }),
    outcome: { kind: 'wait', delay: 50, pause: 10 },
  },
  {
    name: '503 with a Retry-After beyond the window',
    answer: answerOf(503, { retryAfter: IDEMPOTENCY_WINDOW }),
    outcome: failed('idempotency window over'),
  },
  { name: '429', answer: answerOf(429), outcome: first, counts: 0 },
  {
    name: '429 after two failures, which leaves the third attempt',
    answer: answerOf(429),
    earlier: [answerOf(500), answerOf(500)],
    outcome: second,
    counts: 0,
  },
  {
    name: '429 with Retry-After',
    answer: answerOf(429, { retryAfter: 9_000 }),
    outcome: { kind: 'wait', delay: 9_000, pause: 9_000 },
    counts: 0,
  },
  ...[401, 403, 404].flatMap((status): Case[] => [
    { name: `${status}`, answer: answerOf(status), outcome: atOnce, counts: 0 },
    { name: `${status} to a probe`, answer: answerOf(status), isProbe: true, outcome: atOnce, counts: 0 },
  ]),
  ...[301, 400, 402, 413, 422].flatMap((status): Case[] => [
    { name: `${status}`, answer: answerOf(status), outcome: failed('refused by WebEngage') },
    {
      name: `${status} at the shutdown`,
      answer: answerOf(status),
      isLast: true,
      outcome: failed('refused by WebEngage'),
    },
  ]),
  ...[400, 413].flatMap((status): Case[] => [
    { name: `${status} to a bulk call`, answer: answerOf(status), events: 3, outcome: split, counts: 0 },
    {
      name: `${status} to a bulk call of one`,
      answer: answerOf(status),
      events: 'one in bulk',
      outcome: failed('refused by WebEngage'),
    },
    {
      name: `${status} to a bulk call after a 500`,
      answer: answerOf(status),
      earlier: [answerOf(500)],
      events: 3,
      outcome: failed('refused by WebEngage'),
    },
    {
      name: `${status} to a bulk call after definite refusals`,
      answer: answerOf(status),
      earlier: [neverConnected, answerOf(429), answerOf(401)],
      events: 3,
      outcome: split,
      counts: 0,
    },
    {
      name: `${status} to a bulk call at the shutdown`,
      answer: answerOf(status),
      events: 3,
      isLast: true,
      outcome: failed('shut down'),
      counts: 0,
    },
  ]),
  { name: '422 to a bulk call', answer: answerOf(422), events: 3, outcome: failed('refused by WebEngage') },
  ...[unanswered, neverConnected, answerOf(502), answerOf(503), answerOf(504)].map((answer): Case => ({
    name: `a probe's ${answer.message}, ${answer.mayBeIngested}`,
    answer,
    isProbe: true,
    outcome: atOnce,
    counts: 0,
  })),
  {
    name: "a probe's 503 with Retry-After",
    answer: answerOf(503, { retryAfter: 7_000 }),
    isProbe: true,
    outcome: { kind: 'wait', delay: 7_000, pause: 7_000 },
    counts: 0,
  },
  { name: "a probe's 500", answer: answerOf(500), isProbe: true, outcome: first },
  { name: "a probe's 408", answer: answerOf(408), isProbe: true, outcome: first },
  { name: "a probe's 2xx without queued", answer: answerOf(200), isProbe: true, outcome: first },
  {
    name: "a probe's last 500",
    answer: answerOf(500),
    earlier: [answerOf(500), answerOf(500)],
    isProbe: true,
    outcome: failed('attempts exhausted'),
  },
  { name: '500 at the shutdown', answer: answerOf(500), isLast: true, outcome: failed('shut down') },
  {
    name: 'the last 500 at the shutdown',
    answer: answerOf(500),
    earlier: [answerOf(500), answerOf(500)],
    isLast: true,
    outcome: failed('attempts exhausted'),
  },
  { name: '429 at the shutdown', answer: answerOf(429), isLast: true, outcome: failed('shut down'), counts: 0 },
];

describe('what an attempt leads to', () => {
  it.each(cases)('$name', ({ answer, earlier = [], events = 1, isProbe, isLast, outcome, counts = 1 }) => {
    const call = callOf(events);
    for (const before of earlier) conclude(call, before);
    const countedBefore = call.countedAttempts;
    expect(conclude(call, answer, { isProbe: isProbe ?? false, isLast: isLast ?? false })).toEqual(outcome);
    expect(call.countedAttempts - countedBefore).toBe(counts);
    expect(call.attempts).toBe(earlier.length + 1);
  });

  it.each([
    ['refused access', answerOf(401)],
    ['broken off', unanswered],
  ])('a call that is %s by the shutdown, on the last attempt it had, is one that was shut down', (_, answer) => {
    const call = callOf(1);
    for (const before of [answerOf(500), answerOf(500)]) conclude(call, before);
    expect(conclude(call, answer, { isProbe: false, isLast: true })).toEqual(failed('shut down'));
  });

  it.each([301, 400, 401, 403, 404, 413, 422, 429, undefined])(
    'a definite %p starts the window anew, unless the call may have been ingested before',
    (status) => {
      const definite = answerOf(status, { mayBeIngested: false });
      const fresh = callOf(1);
      conclude(fresh, definite);
      expect(fresh.windowStartedAt).toBeUndefined();
      const doubtful = callOf(1);
      conclude(doubtful, unanswered);
      conclude(doubtful, definite);
      expect(doubtful.windowStartedAt).toBe(NOW);
    },
  );

  it.each([200, 408, 500, 503, undefined])('a doubtful %p leaves the window as it is', (status) => {
    const call = callOf(1);
    conclude(call, answerOf(status));
    expect(call.windowStartedAt).toBe(NOW);
  });

  describe.each([401, 403, 404])('a call that is answered %d again and again', (status) => {
    it('waits without end as long as nobody else is let in', () => {
      const call = callOf(1);
      for (let attempts = 0; attempts < 20; attempts++) {
        expect(conclude(call, answerOf(status), { goodAnswers: 7 })).toEqual(atOnce);
      }
      expect(call.countedAttempts).toBe(0);
    });

    it('uses up an attempt each time that others were let in meanwhile, waits longer each time, and fails with the last', () => {
      const call = callOf(1);
      const outcomes = [7, 8, 8, 15, 15, 16].map((goodAnswers) => conclude(call, answerOf(status), { goodAnswers }));
      expect(outcomes).toEqual([atOnce, first, atOnce, second, atOnce, failed('refused by WebEngage')]);
      expect(call).toMatchObject({ attempts: 6, countedAttempts: 3 });
    });

    it('is split if it is a bulk call and others were let in, at no cost', () => {
      const call = callOf(3);
      const outcomes = [7, 7, 8].map((goodAnswers) => conclude(call, answerOf(status), { goodAnswers }));
      expect(outcomes).toEqual([atOnce, atOnce, split]);
      expect(call.countedAttempts).toBe(0);
    });

    it('is not split once something of it may have been ingested', () => {
      const call = callOf(3);
      conclude(call, unanswered);
      const outcomes = [7, 8, 9].map((goodAnswers) => conclude(call, answerOf(status), { goodAnswers }));
      expect(outcomes).toEqual([atOnce, second, failed('refused by WebEngage')]);
    });

    it('counts them with those that failed otherwise', () => {
      const call = callOf(1);
      for (const before of [answerOf(500), answerOf(500), answerOf(status)]) conclude(call, before);
      expect(conclude(call, answerOf(status), { goodAnswers: 1 })).toEqual(failed('refused by WebEngage'));
    });

    it('is one that was shut down if the shutdown came first', () => {
      const call = callOf(1);
      for (const goodAnswers of [0, 1, 2]) conclude(call, answerOf(status), { goodAnswers });
      expect(conclude(call, answerOf(status), { goodAnswers: 3, isLast: true })).toEqual(failed('shut down'));
    });
  });

  it('a call waits only as long as its window lasts', () => {
    const call = callOf(1);
    conclude(call, unanswered);
    const retryAfter = 1_000;
    const end = { isProbe: false, isLast: false, goodAnswers: 0 };
    call.begin(NOW, NOW);
    call.end(answerOf(429, { retryAfter }));
    const atTheBrink = NOW + IDEMPOTENCY_WINDOW - retryAfter;
    const within = concludeAttempt(call, { ...end, now: atTheBrink - 1 }, limits, () => 0);
    const beyond = concludeAttempt(call, { ...end, now: atTheBrink }, limits, () => 0);
    expect([within, beyond]).toEqual([
      { kind: 'wait', delay: retryAfter, pause: retryAfter },
      failed('idempotency window over'),
    ]);
  });
});

function callOf(events: number | 'one in bulk'): Call {
  const [only, ...others] = envelopes(events === 'one in bulk' ? 1 : events);
  if (!only) throw new Error('A call has events');
  return events === 1 ? Call.single(only) : Call.bulk([only, ...others], requestIds.next());
}

function conclude(call: Call, answer: Answer, end: Partial<AttemptEnd> = {}): Outcome {
  call.begin(NOW, NOW);
  call.end(answer);
  return concludeAttempt(call, { now: NOW, isProbe: false, isLast: false, goodAnswers: 0, ...end }, limits, () => 0.5);
}
