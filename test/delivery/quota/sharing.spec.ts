import { describe, expect, it } from '@jest/globals';
import { WINDOWS } from './quota-server.js';
import { type Outcome, type Scenario, simulate } from './simulation.js';

const SEEDS = [1, 2, 3, 4];
const INTERVAL = 2_000;

/** The mean over a few seeds: what a single one does is partly luck. */
function mean(scenario: Omit<Scenario, 'seed'>, measure: (outcome: Outcome) => number): number {
  const measured = SEEDS.map((seed) => measure(simulate({ ...scenario, seed })));
  return measured.reduce((total, one) => total + one) / SEEDS.length;
}

describe.each(WINDOWS)('processes that share an account, windows: %s', (windows) => {
  it.each([2, 3, 4, 5])('%i, started at once, use the quota from the first second on', (processes) => {
    const scenario = { windows, processes, duration: 30_000 };
    expect(mean(scenario, (outcome) => outcome.use(0, 15))).toBeGreaterThan(0.95);
    expect(mean(scenario, (outcome) => outcome.refusals())).toBeLessThan(processes < 5 ? 0.003 : 0.01);
  });

  it.each([2, 3, 5])('%i, started one after the other, use the quota and get their part', (processes) => {
    const startsAt = (process: number) => process * 5_300;
    const outcome = simulate({ windows, processes, duration: 120_000, seed: 1, startsAt });
    expect(outcome.use(0, 60)).toBeGreaterThan(0.95);
    expect(outcome.refusals()).toBeLessThan(0.01);
    expect(outcome.fairness(45, 60)).toBeGreaterThan(0.5);
  });

  it('nobody is refused in the long run, or hardly', () => {
    expect(simulate({ windows, processes: 3, duration: 90_000, seed: 1 }).refusals(15)).toBeLessThan(0.001);
    expect(simulate({ windows, processes: 5, duration: 90_000, seed: 1 }).refusals(15)).toBeLessThan(0.003);
  });

  it('take over the share of those that leave', () => {
    const leavesAt = (process: number) => (process < 2 ? Infinity : 30_000);
    const toTwo = simulate({ windows, processes: 3, duration: 50_000, seed: 1, leavesAt });
    expect(toTwo.use(20, 25)).toBeGreaterThan(0.95);

    const alone = simulate({
      windows,
      processes: 2,
      duration: 50_000,
      seed: 1,
      leavesAt: (p) => (p ? 30_000 : Infinity),
    });
    expect(alone.use(19, 25)).toBeGreaterThan(0.98);
  });

  it('leave a quiet one what it needs', () => {
    const demand = (process: number) => (process === 0 ? undefined : 10);
    const outcome = simulate({ windows, processes: 2, duration: 60_000, seed: 1, demand });
    const [, quiet] = outcome.passedIn(5, 30);
    expect(quiet / 25).toBeGreaterThan(9);
    expect(outcome.refusals(5)).toBeLessThan(0.001);
    expect(outcome.use(5, 30)).toBeGreaterThan(0.88);
  });

  it('share the real quota, 5,000 calls a minute', () => {
    const scenario = { windows, limit: 5_000, interval: 60_000, duration: 5 * 60_000, latency: [20, 60] as const };
    const outcome = simulate({ ...scenario, processes: 3, seed: 1 });
    expect(outcome.use(0, 5)).toBeGreaterThan(0.97);
    expect(outcome.refusals()).toBeLessThan(0.003);
    expect(outcome.fairness(2, 5)).toBeGreaterThan(0.9);
  });

  it('share it when refusals say when to come back, and when no answer tells the quota', () => {
    const scenario = { windows, processes: 3, duration: 60_000 };
    const startsAt = (process: number) => process * 5_300;
    const withRetryAfter = simulate({ ...scenario, retryAfter: 'exact', seed: 1, startsAt });
    expect(withRetryAfter.use(0, 30)).toBeGreaterThan(0.95);
    expect(withRetryAfter.refusals()).toBeLessThan(0.003);

    const withoutHeaders = simulate({ ...scenario, sendsHeaders: false, seed: 1 });
    expect(withoutHeaders.use(0, 30)).toBeGreaterThan(0.9);
    expect(withoutHeaders.refusals()).toBeLessThan(0.03);
  });
});

describe.each(WINDOWS)('a process that has the account for itself, windows: %s', (windows) => {
  const alone = { windows, processes: 1, duration: 30_000, seed: 1 };

  it.each<[string, Partial<Scenario>]>([
    ['as it comes', {}],
    ['without quota headers', { sendsHeaders: false }],
    ['with 1 ms a call', { latency: [1, 1] }],
    ['with up to 25 ms a call', { latency: [1, 25], countsRefused: true }],
  ])('uses at least 98 %% of the quota in each interval, and is never refused: %s', (_, change) => {
    const outcome = simulate({ ...alone, ...change });
    expect(outcome.refused).toEqual([]);
    // An arrival more or less at the edge of an interval does not count against it.
    for (let interval = 1; interval + 2 < alone.duration / INTERVAL; interval++) {
      expect(outcome.use(interval, interval + 2)).toBeGreaterThanOrEqual(0.98);
    }
    expect(outcome.use(1, 15)).toBeGreaterThan(0.985);
  });

  it('is not misled by its own calls, 16 under way and answered out of order', () => {
    const outcome = simulate({ ...alone, latency: [1, 300] });
    expect(outcome.refused).toEqual([]);
    // What is lost is the time in which nobody can know whether a call has arrived.
    expect(outcome.use(1, 15)).toBeGreaterThan(INTERVAL / (INTERVAL + 300));
  });

  it('finds its way with a quota that is smaller than configured and not told', () => {
    const configured = { ...alone, duration: 60_000, sendsHeaders: false };
    const outcome = simulate({ ...configured, limit: 100, serverLimit: 60 });
    const [passed] = outcome.passedIn(5, 30);
    expect(passed / 25).toBeGreaterThan(0.85 * 60);
    expect(outcome.refusals(5)).toBeLessThan(0.03);
  });
});
