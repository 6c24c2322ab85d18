import { Logger } from '@nestjs/common';

/** What the library writes to. It never throws: a logger that does must not decide what becomes of an event. */
export interface Log {
  error(message: string): void;
  warn(message: string): void;
  log(message: string): void;
  debug(message: string): void;
}

/** What stands before each line. */
export function loggerName(account?: string): string {
  return account === undefined ? 'WebEngage' : `WebEngage(${account})`;
}

/** Writes to Nest's logger, under the account's name if it has one. */
export function createLog(account?: string): Log {
  const logger = new Logger(loggerName(account));
  const at = (level: keyof Log) => (message: string) => {
    try {
      logger[level](message);
    } catch {
      // There is nowhere left to report it to.
    }
  };
  return { error: at('error'), warn: at('warn'), log: at('log'), debug: at('debug') };
}
