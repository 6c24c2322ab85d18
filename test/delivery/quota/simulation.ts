import { QuotaGovernor } from '../../../lib/delivery/quota/quota-governor.js';
import { EventQueue } from './event-queue.js';
import { QuotaServer, type QuotaServerOptions } from './quota-server.js';
import { seededRandom } from './seeded-random.js';
import { SimulatedProcess } from './simulated-process.js';

export interface Scenario extends Partial<QuotaServerOptions> {
  readonly windows: QuotaServerOptions['windows'];
  /** How many processes use the account, each with more to send than the quota allows. */
  readonly processes: number;
  /** In milliseconds. */
  readonly duration: number;
  readonly seed: number;
  /** What the server allows, when that is not what the processes are told: `limit`. */
  readonly serverLimit?: number;
  /** The shortest and the longest time of a call, in milliseconds. */
  readonly latency?: readonly [number, number];
  /** The most calls that a process has under way. */
  readonly concurrency?: number;
  /** When a process starts: all within 5 ms if not given. */
  readonly startsAt?: (process: number) => number;
  readonly leavesAt?: (process: number) => number;
  /** How many calls an interval a process has to make, at random times; without end if undefined. */
  readonly demand?: (process: number) => number | undefined;
}

/** What became of a simulated account. */
export class Outcome {
  /** For each process, how many calls were let through in each interval of the simulation. */
  readonly passed: number[][] = [];
  readonly refused: number[] = [];

  constructor(
    readonly limit: number,
    private readonly interval: number,
  ) {}

  note(process: number, now: number, isRefused: boolean): void {
    const counts = isRefused ? this.refused : (this.passed[process] ??= []);
    const index = Math.floor(now / this.interval);
    counts[index] = (counts[index] ?? 0) + 1;
  }

  /** Which part of the quota was used in these intervals. */
  use(from: number, to: number): number {
    return sum(this.passedIn(from, to)) / (this.limit * (to - from));
  }

  /** Which part of the calls was refused from that interval on. */
  refusals(from = 0): number {
    const refused = sum(this.refused.slice(from));
    return refused / (refused + sum(this.passedIn(from, Infinity)));
  }

  /** What the smallest process had in these intervals, as a part of its fair share. */
  fairness(from: number, to: number): number {
    const passed = this.passedIn(from, to);
    return (Math.min(...passed) * passed.length) / sum(passed);
  }

  passedIn(from: number, to: number): number[] {
    return this.passed.map((perInterval) => sum(perInterval.slice(from, to)));
  }
}

/** Lets processes that know nothing of each other share an account. Deterministic: the seed decides everything. */
export function simulate(scenario: Scenario): Outcome {
  const { limit = 100, interval = 2_000, concurrency = 16, latency = [2, 5] as const } = scenario;
  const random = seededRandom(scenario.seed);
  const events = new EventQueue();
  const server = new QuotaServer({
    phase: random() * interval,
    ...scenario,
    limit: scenario.serverLimit ?? limit,
    interval,
  });
  const outcome = new Outcome(limit, interval);
  for (let index = 0; index < scenario.processes; index++) {
    const process = new SimulatedProcess(new QuotaGovernor(limit, interval), server, events, random, {
      latency,
      concurrency,
      leavesAt: scenario.leavesAt?.(index) ?? Infinity,
      meanPause: interval / (scenario.demand?.(index) ?? Infinity),
      onAnswer: ({ status }) => outcome.note(index, events.now, status === 429),
    });
    events.at(scenario.startsAt?.(index) ?? random() * 5, () => process.start());
  }
  events.runUntil(scenario.duration);
  return outcome;
}

function sum(numbers: readonly number[]): number {
  // Intervals in which nothing happened are holes; reduce leaves them out.
  return numbers.reduce((total, number) => total + number, 0);
}
