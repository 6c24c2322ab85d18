import type { Logger } from '@nestjs/common';

const MAX_REMEMBERED = 1000;

/** Says each thing once, however often it happens. What it remembers is bounded; past that it stays silent. */
export class OnceLog {
  private readonly said = new Set<string>();

  constructor(private readonly logger: Logger) {}

  say(level: 'error' | 'warn' | 'debug', message: string): void {
    if (this.said.has(message) || this.said.size >= MAX_REMEMBERED) return;
    this.said.add(message);
    this.logger[level](message);
  }
}
