import type { Log } from './log.js';

const MAX_REMEMBERED = 1000;

/** Says each thing once, however often it happens. What it remembers is bounded: past that it says so, and is silent. */
export class OnceLog {
  private readonly said = new Set<string>();

  constructor(private readonly log: Log) {}

  /** @param what is said once, in whatever words; by default the message itself */
  say(level: 'error' | 'warn' | 'debug', message: string, what = message): void {
    if (this.said.has(what) || this.said.size > MAX_REMEMBERED) return;
    this.said.add(what);
    if (this.said.size <= MAX_REMEMBERED) this.log[level](message);
    else this.log.warn(`${MAX_REMEMBERED} different remarks were logged; further ones are not`);
  }
}
