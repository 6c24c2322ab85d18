import type { Log } from './log.js';

const MAX_REMEMBERED = 1000;

/** Says each thing once, however often it happens. What it remembers is bounded: past that it says so, and is silent. */
export class OnceLog {
  private readonly said = new Set<string>();

  constructor(private readonly log: Log) {}

  say(level: 'error' | 'warn' | 'debug', message: string): void {
    if (this.said.has(message) || this.said.size > MAX_REMEMBERED) return;
    this.said.add(message);
    if (this.said.size <= MAX_REMEMBERED) this.log[level](message);
    else this.log.warn(`${MAX_REMEMBERED} different remarks were logged; further ones are not`);
  }
}
