import { Logger } from '@nestjs/common';
import { quote } from '../common/describe-value.js';
import { loggerName } from '../common/log.js';
import { isPromiseLike, observed } from '../common/maybe-promise.js';
import type { EventBody } from '../events/read-event.js';
import type { CallWatch, CallWatcher, SentCall } from './call-watcher.js';

/** What stands in the log in an event's place. */
export type PayloadRedaction = (event: EventBody) => unknown;

/** Shows events as they are. */
export const showAll: PayloadRedaction = (event) => event;

/** Writes what is sent, and what it is answered with, at the level `verbose`: a line each. */
export class PayloadLog implements CallWatcher {
  private readonly logger: Logger;

  constructor(
    account: string | undefined,
    private readonly redact: PayloadRedaction,
  ) {
    this.logger = new Logger(loggerName(account));
  }

  watch({ requestId, json, kind, attempts }: SentCall): CallWatch | undefined {
    if (!Logger.isLevelEnabled('verbose')) return undefined;
    const attempt = attempts === undefined ? '' : `, attempt ${attempts}`;
    this.write(`Sending (x-request-id: ${requestId}${attempt}): ${this.textOf(json, kind === 'bulk')}`);
    return {
      end: ({ status, message }) =>
        this.write(`Answered (x-request-id: ${requestId}): ${status ?? 'no status'}${this.wordsOf(message)}`),
    };
  }

  // WebEngage's words may repeat what was to be kept out of the log.
  private wordsOf(message: string): string {
    return this.redact === showAll ? `, ${quote(message)}` : '';
  }

  private textOf(json: string, isBulk: boolean): string {
    try {
      const body = JSON.parse(json) as EventBody & { events: EventBody[] };
      const redacted = isBulk ? body.events.map((event) => this.redacted(event)) : this.redacted(body);
      return JSON.stringify(redacted) ?? 'nothing';
    } catch {
      // Its message may hold what was to be kept out of the log.
      return 'not shown, because logPayloads failed for it';
    }
  }

  private redacted(event: EventBody): unknown {
    const redacted = this.redact(event);
    if (!isPromiseLike(redacted)) return redacted;
    void observed(Promise.resolve(redacted));
    throw new Error('logPayloads must return at once');
  }

  private write(message: string): void {
    try {
      this.logger.verbose(message);
    } catch {
      // There is nowhere left to report it to.
    }
  }
}
