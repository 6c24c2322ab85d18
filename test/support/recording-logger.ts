import { inspect } from 'node:util';
import type { LoggerService } from '@nestjs/common';

/** Keeps all that the application logs, as text. */
export class RecordingLogger implements LoggerService {
  readonly lines: { readonly level: string; readonly text: string }[] = [];

  log = this.recorder('log');
  error = this.recorder('error');
  warn = this.recorder('warn');
  debug = this.recorder('debug');
  verbose = this.recorder('verbose');
  fatal = this.recorder('fatal');

  at(level: string): string[] {
    return this.lines.filter((line) => line.level === level).map(({ text }) => text);
  }

  private recorder(level: string) {
    return (message: unknown, ...rest: unknown[]) => {
      const text = [message, ...rest].map((part) => (typeof part === 'string' ? part : inspect(part))).join(' ');
      this.lines.push({ level, text });
    };
  }
}
