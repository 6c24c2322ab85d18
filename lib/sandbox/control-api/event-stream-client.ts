import type { ServerResponse } from 'node:http';
import type { Arrival } from '../arrivals/arrival.js';
import { preview } from '../arrivals/preview.js';
import type { SandboxState } from '../sandbox-state.js';

const EVENTS_EVERY = 100;
const STATE_EVERY = 250;
const BATCH = 200;
const SIGN_OF_LIFE_EVERY = 15_000;
/** So many events may wait for a page that does not read before those are left out that were forgotten meanwhile. */
const MAX_PENDING = 1_000;

/** One page that listens. It is told no faster than it reads; what changes meanwhile is told once. */
export class EventStreamClient {
  // Their ids alone: what is forgotten while the page does not read must not stay in memory.
  private readonly pending = new Set<number>();
  private readonly endings: (() => void)[] = [];
  private eventsTimer: NodeJS.Timeout | undefined;
  private stateTimer: NodeJS.Timeout | undefined;
  private maxPending = MAX_PENDING;
  private isFull = false;
  private mustClear = false;
  private isOver = false;

  constructor(
    private readonly response: ServerResponse,
    private readonly state: SandboxState,
    private readonly instance: string,
  ) {}

  /** Begins with what has changed since a revision; without one the client is told to forget what it knows. */
  start(since: number | undefined): void {
    const { response, state } = this;
    const signOfLife = setInterval(() => this.isFull || this.write(': alive\n\n'), SIGN_OF_LIFE_EVERY);
    this.endings.push(
      () => clearInterval(signOfLife),
      () => clearTimeout(this.eventsTimer),
      () => clearTimeout(this.stateTimer),
      state.onChange(() => this.scheduleState()),
      state.arrivals.listen({
        changed: (arrivals) => this.add(arrivals),
        cleared: () => this.clear(),
        closed: () => response.end(),
      }),
    );
    response.on('drain', () => this.resume());
    response.on('close', () => this.end());
    if (since === undefined) this.clear();
    this.sendState();
    this.add(state.arrivals.all().filter(({ revision }) => revision > (since ?? 0)));
  }

  private add(arrivals: readonly Arrival[]): void {
    for (const { id } of arrivals) this.pending.add(id);
    if (this.pending.size > this.maxPending) this.leaveOutForgotten();
    this.scheduleEvents();
  }

  private leaveOutForgotten(): void {
    for (const id of this.pending) {
      if (!this.state.arrivals.find(id)) this.pending.delete(id);
    }
    // Seldom: the more are left, the more must come before the next look.
    this.maxPending = 2 * this.pending.size + MAX_PENDING;
  }

  private clear(): void {
    this.pending.clear();
    this.mustClear = true;
    this.tellCleared();
  }

  private tellCleared(): void {
    if (!this.mustClear || this.isFull) return;
    this.mustClear = false;
    this.send('cleared', {});
  }

  private scheduleEvents(): void {
    if (this.pending.size === 0 || this.isFull) return;
    this.eventsTimer ??= setTimeout(() => {
      this.eventsTimer = undefined;
      this.sendEvents();
      this.scheduleEvents();
    }, EVENTS_EVERY);
  }

  private scheduleState(): void {
    this.stateTimer ??= setTimeout(() => {
      this.stateTimer = undefined;
      this.sendState();
    }, STATE_EVERY);
  }

  private sendEvents(): void {
    while (this.pending.size > 0 && !this.isFull && !this.isOver) {
      const previews = this.takeBatch().map((arrival) => preview(arrival.view()));
      // Only where nothing is left out: whoever reconnects is told what came after this.
      const id = this.pending.size === 0 ? `${this.instance}-${this.state.arrivals.revision}` : undefined;
      if (previews.length > 0) this.send('events', previews, id);
    }
  }

  /** The next ones to tell of; those that were forgotten meanwhile are left out. */
  private takeBatch(): Arrival[] {
    const batch: Arrival[] = [];
    for (const id of this.pending) {
      this.pending.delete(id);
      const arrival = this.state.arrivals.find(id);
      if (arrival) batch.push(arrival);
      if (batch.length === BATCH) break;
    }
    return batch;
  }

  private sendState(): void {
    // The next change tells it anew.
    if (!this.isFull) this.send('state', this.state.snapshot());
  }

  private send(event: string, data: unknown, id?: string): void {
    this.write(`event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`);
  }

  private write(text: string): void {
    if (!this.isOver && !this.response.write(text)) this.isFull = true;
  }

  private resume(): void {
    this.isFull = false;
    // What came in after it still waits to be told.
    this.tellCleared();
    // At once: how fast the client reads sets the pace now.
    this.sendEvents();
    this.scheduleEvents();
    this.scheduleState();
  }

  private end(): void {
    this.isOver = true;
    for (const ending of this.endings) ending();
    this.pending.clear();
  }
}
