import { describe, expect, it } from '@jest/globals';
import { Breaker } from '../../../lib/delivery/background/breaker.js';
import type { Ticket } from '../../../lib/delivery/host-health.js';
import { DeliveryLog } from '../../../lib/delivery/delivery-log.js';
import type { Answer } from '../../../lib/http/answer.js';
import { answerOf, LineLog, neverConnected } from '../../support/delivery-fakes.js';

const good = answerOf(201);
const bad = answerOf(503);
const HELD_DOWN = 'error: status 503. Events wait until WebEngage can be reached; it is tried again from time to time';
const RESUMED = 'log: WebEngage takes events again';

function heldOut(status: number): string {
  return (
    `error: status ${status}. Check apiKey, licenseCode and dataCenter (or host). ` +
    'Events wait until WebEngage lets them in; it is asked again from time to time'
  );
}

/** A breaker whose random part is fixed, and the lines that it logs. */
function start({ minDelay = 100, maxDelay = 30_000, random = 0 } = {}) {
  const log = new LineLog();
  const breaker = new Breaker({ minDelay, maxDelay }, new DeliveryLog(log), () => random);
  const call = (answer: Answer, now = 0) => breaker.end(breaker.begin(), answer, now);
  const fail = (times: number, answer: Answer = bad) => {
    for (let count = 0; count < times; count++) call(answer);
  };
  return { breaker, call, fail, lines: log.lines };
}

describe('the breaker', () => {
  it.each([bad, answerOf(500), answerOf(504), answerOf(undefined), neverConnected, answerOf(200)])(
    'holds after five failures of the host in a row: $message',
    (answer) => {
      const { breaker, fail } = start();
      fail(4, answer);
      expect(breaker.waitTime(0)).toBe(0);
      fail(1, answer);
      expect(breaker.waitTime(0)).toBeGreaterThan(0);
    },
  );

  it.each([good, answerOf(400), answerOf(413), answerOf(429), answerOf(408)])(
    'counts anew after an answer that shows the host alive: $message',
    (alive) => {
      const { breaker, fail } = start();
      fail(4);
      fail(1, alive);
      fail(4);
      expect(breaker.waitTime(0)).toBe(0);
    },
  );

  it('does not hold because of calls that hang while others are answered', () => {
    const { breaker, call } = start();
    const hanging = Array.from({ length: 10 }, () => breaker.begin());
    call(good);
    for (const ticket of hanging) breaker.end(ticket, answerOf(undefined), 0);
    expect(breaker.waitTime(0)).toBe(0);
  });

  it.each([401, 403, 404])(
    'does not hold because of a %d to a call that others overtook with good answers',
    (status) => {
      const { breaker, call, lines } = start();
      const own = breaker.begin();
      call(good);
      breaker.end(own, answerOf(status), 0);
      expect(breaker.isHolding).toBe(false);
      expect(lines).toEqual([]);
      call(answerOf(status));
      expect(breaker.isHolding).toBe(true);
    },
  );

  it('holds when all calls hang', () => {
    const { breaker } = start();
    const hanging = Array.from({ length: 5 }, () => breaker.begin());
    for (const ticket of hanging) breaker.end(ticket, answerOf(undefined), 0);
    expect(breaker.waitTime(0)).toBeGreaterThan(0);
  });

  it('lets one probe at a time through, and everything after a good one', () => {
    const { breaker, fail, lines } = start();
    fail(5);
    expect(breaker.waitTime(199)).toBe(1);
    expect(breaker.waitTime(200)).toBe(0);
    const probe = breaker.begin();
    expect(probe.isProbe).toBe(true);
    expect(breaker.waitTime(10_000)).toBe(Infinity);
    breaker.end(probe, good, 300);
    expect(breaker.waitTime(300)).toBe(0);
    expect(breaker.begin().isProbe).toBe(false);
    expect(breaker.begin().isProbe).toBe(false);
    expect(lines).toEqual([HELD_DOWN, RESUMED]);
  });

  it.each([400, 413, 429, 408])('resumes when a probe is answered %d: the host is there', (status) => {
    const { breaker, fail } = start();
    fail(5);
    breaker.end(breaker.begin(), answerOf(status), 200);
    expect(breaker.waitTime(200)).toBe(0);
  });

  it('listens to the probe alone while it holds', () => {
    const { breaker, fail, lines } = start();
    const [early, late, refused] = [breaker.begin(), breaker.begin(), breaker.begin()] as [Ticket, Ticket, Ticket];
    fail(5);
    breaker.end(early, good, 10);
    breaker.end(refused, answerOf(401), 10);
    expect(breaker.waitTime(10)).toBe(190);
    const probe = breaker.begin();
    breaker.end(late, good, 210);
    expect(breaker.waitTime(210)).toBe(Infinity);
    breaker.end(probe, bad, 220);
    expect(breaker.waitTime(220)).toBe(400);
    expect(lines).toEqual([HELD_DOWN]);
  });

  it('counts five anew after a hold', () => {
    const { breaker, fail } = start();
    fail(5);
    breaker.end(breaker.begin(), good, 200);
    fail(4);
    expect(breaker.waitTime(200)).toBe(0);
  });

  it.each([
    { random: 0, pauses: [200, 400, 800, 1_600, 3_200, 5_000, 5_000] },
    { random: 0.5, pauses: [300, 600, 1_200, 2_400, 4_800, 7_500, 7_500] },
    { random: 1, pauses: [400, 800, 1_600, 3_200, 6_400, 10_000, 10_000] },
    { random: 1, maxDelay: 1_000, pauses: [400, 800, 1_000, 1_000] },
    { random: 1, maxDelay: 100, pauses: [100, 100] },
    { random: 1, minDelay: 60_000, maxDelay: 60_000, pauses: [10_000, 10_000] },
    { random: 1, minDelay: 0, maxDelay: 0, pauses: [4, 4] },
    { random: 0, minDelay: 0, maxDelay: 20, pauses: [2, 4, 8, 10, 10] },
    { random: 1, minDelay: 0, pauses: [4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096, 8_192, 10_000] },
  ])('doubles its pauses up to maxDelay and ten seconds, half of each random: $pauses', ({ pauses, ...options }) => {
    const { breaker, fail, call } = start(options);
    fail(5);
    for (const pause of pauses) {
      expect(breaker.waitTime(0)).toBe(pause);
      call(bad);
    }
  });

  it('keeps its longest pause however long the outage', () => {
    const { breaker, fail } = start({ random: 1 });
    fail(5_000);
    expect(breaker.waitTime(0)).toBe(10_000);
  });

  it('begins with a short pause in the next outage', () => {
    const { breaker, fail } = start();
    fail(8);
    fail(1, good);
    fail(5);
    expect(breaker.waitTime(0)).toBe(200);
  });

  it('obeys Retry-After where it is longer than the pause', () => {
    const { breaker, fail, call } = start();
    fail(5, answerOf(503, { retryAfter: 60_000 }));
    expect(breaker.waitTime(0)).toBe(60_000);
    call(answerOf(503, { retryAfter: 1 }));
    expect(breaker.waitTime(0)).toBe(400);
    call(answerOf(401, { retryAfter: 5_000 }));
    expect(breaker.waitTime(0)).toBe(5_000);
  });

  it('brings the next probe forward when it is to hurry, and begins anew with its pauses', () => {
    const { breaker, call, fail, lines } = start();
    fail(6);
    expect(breaker.waitTime(0)).toBe(400);
    breaker.hurry(10);
    expect(breaker.waitTime(10)).toBe(0);
    const probe = breaker.begin();
    expect(probe.isProbe).toBe(true);
    expect(breaker.waitTime(10)).toBe(Infinity);
    breaker.hurry(11);
    expect(breaker.waitTime(11)).toBe(Infinity);
    breaker.end(probe, bad, 20);
    for (const pause of [200, 400, 800]) {
      expect(breaker.waitTime(20)).toBe(pause);
      call(bad, 20);
    }
    expect(lines).toEqual([HELD_DOWN]);
  });

  it.each([401, 503])('does not hurry past the pause that WebEngage asked for with its %d', (status) => {
    const { breaker, fail, call } = start();
    fail(5, answerOf(status, { retryAfter: 150 }));
    breaker.hurry(100);
    expect(breaker.waitTime(100)).toBe(50);
    // What was asked for before does not count any more.
    call(answerOf(status), 150);
    breaker.hurry(160);
    expect(breaker.waitTime(160)).toBe(0);
  });

  it('keeps nobody waiting who hurries without need, and begins the next hold with a pause all the same', () => {
    const { breaker, fail } = start();
    breaker.hurry(5);
    expect(breaker.waitTime(5)).toBe(0);
    fail(5);
    expect(breaker.waitTime(0)).toBe(200);
    breaker.hurry(300);
    expect(breaker.waitTime(300)).toBe(0);
  });

  it('says whether it holds, and how many answers were good', () => {
    const { breaker, fail } = start();
    fail(4);
    fail(1, answerOf(429));
    expect(breaker).toMatchObject({ isHolding: false, goodAnswers: 1 });
    fail(5);
    expect(breaker).toMatchObject({ isHolding: true, goodAnswers: 1 });
    fail(2, good);
    expect(breaker).toMatchObject({ isHolding: false, goodAnswers: 3 });
    fail(1, answerOf(403));
    expect(breaker).toMatchObject({ isHolding: true, goodAnswers: 3 });
  });

  it.each([401, 403, 404])('holds at once on %d', (status) => {
    const { breaker, call, lines } = start();
    call(answerOf(status));
    expect(breaker.waitTime(0)).toBe(200);
    call(answerOf(status));
    expect(breaker.waitTime(0)).toBe(400);
    call(good);
    expect(breaker.waitTime(0)).toBe(0);
    expect(lines).toEqual([heldOut(status), RESUMED]);
  });

  it('logs one line for each reason, and begins again with a short pause', () => {
    const { breaker, fail, call, lines } = start();
    fail(6);
    expect(breaker.waitTime(0)).toBe(400);
    call(answerOf(401));
    expect(breaker.waitTime(0)).toBe(200);
    call(answerOf(403));
    call(answerOf(401));
    expect(breaker.waitTime(0)).toBe(800);
    call(bad);
    expect(breaker.waitTime(0)).toBe(200);
    call(good);
    call(answerOf(404));
    call(good);
    expect(lines).toEqual([HELD_DOWN, heldOut(401), HELD_DOWN, RESUMED, heldOut(404), RESUMED]);
  });

  it('says nothing while all is well', () => {
    const { fail, lines } = start();
    fail(4);
    fail(100, good);
    expect(lines).toEqual([]);
  });
});
