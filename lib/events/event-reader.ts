import { WebEngageError } from '../errors/webengage.error.js';
import { applyBeforeSend, type BeforeSend } from './before-send.js';
import type { Violation } from './constraints/violation.js';
import { type EventReading, readEvent } from './read-event.js';

/** `beforeSend` may track something itself, for which it is called again. */
const MAX_DEPTH = 8;

/** Reads what is given as an event, as it is to be sent: what `beforeSend` made of it, if there is such a function. */
export class EventReader {
  private depth = 0;

  constructor(
    private readonly maxEventBytes: number,
    private readonly beforeSend: BeforeSend | undefined,
  ) {}

  /** Whether an event may turn out to be none. */
  get mayDrop(): boolean {
    return this.beforeSend !== undefined;
  }

  /**
   * @param mayChange false for an event that `beforeSend` has seen: it goes as it went before
   * @returns null if `beforeSend` drops it
   * @throws {WebEngageError} `beforeSend` failed
   */
  read(
    event: unknown,
    acceptedAt: string | undefined,
    findings: readonly Violation[],
    mayChange: boolean,
  ): EventReading | null {
    const reading = readEvent(event, acceptedAt, this.maxEventBytes, findings);
    if (!this.beforeSend || !mayChange || reading.violations.length > 0) return reading;
    const changed = this.change(this.beforeSend, reading.json);
    return changed === null ? null : this.readAgain(changed, acceptedAt, reading);
  }

  private change(beforeSend: BeforeSend, json: string): object | null {
    if (this.depth >= MAX_DEPTH) {
      throw new WebEngageError(
        'beforeSend tracks events for which it is called again and again: track nothing there, or not for those events',
      );
    }
    this.depth++;
    try {
      return applyBeforeSend(beforeSend, json);
    } finally {
      this.depth--;
    }
  }

  private readAgain(
    changed: object,
    acceptedAt: string | undefined,
    { unknownFields, anonymousIdLeftOut }: EventReading,
  ) {
    const reading = readEvent(changed, acceptedAt, this.maxEventBytes);
    return {
      ...reading,
      violations: reading.violations.map(({ path, rule, message }) => ({
        path: `beforeSend().${path}`,
        rule,
        message: `beforeSend().${message}`,
      })),
      unknownFields: [...unknownFields, ...reading.unknownFields],
      anonymousIdLeftOut: anonymousIdLeftOut || reading.anonymousIdLeftOut,
    };
  }
}
