import type { QuotaAnswer, QuotaGovernor } from '../../../lib/delivery/quota/quota-governor.js';
import type { EventQueue } from './event-queue.js';
import type { QuotaServer } from './quota-server.js';

interface Habits {
  readonly latency: readonly [number, number];
  readonly concurrency: number;
  readonly leavesAt: number;
  /** The mean time between two calls that come up, in milliseconds; 0 for always more to send than may be sent. */
  readonly meanPause: number;
  /** Called when the server answers, before the answer is back. */
  readonly onAnswer: (answer: QuotaAnswer) => void;
}

/** A process that sends what it may, as a delivery would: it asks the governor, sleeps and asks again. */
export class SimulatedProcess {
  private waiting = 0;
  private underWay = 0;
  private timer = 0;

  constructor(
    private readonly governor: QuotaGovernor,
    private readonly server: QuotaServer,
    private readonly events: EventQueue,
    private readonly random: () => number,
    private readonly habits: Habits,
  ) {}

  start(): void {
    if (this.habits.meanPause === 0) this.waiting = Infinity;
    else this.waitForMore();
    this.work();
  }

  private waitForMore(): void {
    this.events.after(-Math.log(1 - this.random()) * this.habits.meanPause, () => {
      this.waiting++;
      this.waitForMore();
      this.work();
    });
  }

  private work(): void {
    this.timer++;
    const { leavesAt, concurrency } = this.habits;
    while (this.events.now < leavesAt && this.underWay < concurrency && this.waiting > 0) {
      const wait = this.governor.waitTime(this.events.now);
      if (wait > 0) return this.sleep(wait);
      this.call();
    }
  }

  private sleep(milliseconds: number): void {
    if (milliseconds === Infinity) return;
    const set = this.timer;
    this.events.after(this.lateTimer(milliseconds), () => {
      if (set === this.timer) this.work();
    });
  }

  /** A timer of Node's: whole milliseconds, a little late, and now and then late by more. */
  private lateTimer(milliseconds: number): number {
    const lateness = this.random() < 0.01 ? 10 * this.random() : 1.2 * this.random();
    return Math.max(1, Math.ceil(milliseconds)) + lateness;
  }

  private call(): void {
    this.governor.start(this.events.now);
    this.underWay++;
    this.waiting--;
    const [shortest, longest] = this.habits.latency;
    const duration = shortest + this.random() * (longest - shortest);
    const endsAt = this.events.now + duration;
    this.events.after(this.random() * duration, () => {
      const answer = this.server.answer(this.events.now);
      this.habits.onAnswer(answer);
      this.events.at(endsAt, () => this.finish(answer));
    });
  }

  private finish(answer: QuotaAnswer): void {
    this.governor.end(this.events.now, answer);
    this.underWay--;
    if (answer.status === 429) this.waiting++;
    this.work();
  }
}
