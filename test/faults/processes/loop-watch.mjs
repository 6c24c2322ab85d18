import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Watches how late the event loop is. On a busy machine a good part of it is not the application's: so each turn is
 * also measured less the time in which the thread was ready to run and got no processor.
 */
export class LoopWatch {
  #delay = monitorEventLoopDelay({ resolution: 1 });
  #turns = [];
  #waited = 0;
  #beganAt;
  #began = this.#now();

  constructor() {
    this.#delay.enable();
    this.#beganAt = this.#began;
  }

  /** A turn of the loop is over. */
  turned() {
    const now = this.#now();
    const waited = now.waited - this.#began.waited;
    this.#turns.push(now.time - this.#began.time - waited);
    this.#waited += waited;
    this.#began = now;
  }

  /** In milliseconds; `waitedShare` is the part of the time that was spent waiting for a processor. */
  stop() {
    this.#delay.disable();
    const turns = this.#turns.sort((one, other) => one - other);
    return {
      p99: this.#delay.percentile(99) / 1e6,
      max: this.#delay.max / 1e6,
      ownP99: turns[Math.floor(turns.length * 0.99)],
      waitedShare: this.#waited / (this.#began.time - this.#beganAt.time),
    };
  }

  #now() {
    return { time: performance.now(), waited: waitedForProcessor() };
  }
}

/** Milliseconds so far; always 0 where the system does not tell. */
function waitedForProcessor() {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}
