import type { AttributeType } from '../../events/constraints/attribute-type.js';
import type { Drop } from './sandbox-event.js';

/**
 * What became of an event:
 * - `kept`: WebEngage answered `queued` and keeps all of it;
 * - `attributes dropped`, `event dropped`: it answered `queued` and silently drops some of it, or the whole;
 * - `refused`: it answered with another status;
 * - `no answer`: the connection was reset, or left hanging, before anything was taken in.
 */
export type Verdict = (typeof VERDICTS)[number];

export const VERDICTS = ['kept', 'attributes dropped', 'event dropped', 'refused', 'no answer'] as const;

/**
 * Something that is wrong with an event: a broken rule, or why its call was not taken in. `unknownField`: WebEngage
 * ignores a field of the event, and keeps the event. `fault`: nothing is wrong with it, a fault refused it.
 */
export interface Finding extends Omit<Drop, 'rule'> {
  readonly rule: Drop['rule'] | 'unknownField' | 'refused' | 'fault' | 'no answer';
}

/** One arrival of the call that an event went in. */
export interface SandboxAttempt {
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  /** `recognised`: it was answered with `queued`, but not ingested a second time. */
  readonly outcome: 'ingested' | 'recognised' | 'refused' | 'no answer';
  /** The answer's status; undefined when there was none. */
  readonly status?: number;
  /** Why it was refused. */
  readonly message?: string;
  /** The fault that spoilt it. */
  readonly fault?: string;
}

/** An event as it came in, whatever became of it. Re-attempts under one `x-request-id` are one arrival. */
export interface SandboxArrival {
  /** Grows by one with each event that comes in; unique within its sandbox. */
  readonly id: number;
  /** Grows over the whole sandbox with every event that is new or has changed. */
  readonly revision: number;
  /** When it first came in, in milliseconds since 1970. */
  readonly receivedAt: number;
  /** Absent where the URL names none. */
  readonly licenseCode?: string;
  readonly bulk: boolean;
  readonly requestId?: string;
  readonly userId?: unknown;
  readonly anonymousId?: unknown;
  readonly eventName?: unknown;
  /** The names of the classes that declare the event; absent where none does. */
  readonly classNames?: readonly string[];
  readonly eventTime?: unknown;
  readonly eventData?: unknown;
  /** The data type that WebEngage sees in each attribute; absent for what it has none for. */
  readonly types: Readonly<Record<string, AttributeType>>;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  /** The last 20 attempts, oldest first. */
  readonly attempts: readonly SandboxAttempt[];
  readonly attemptCount: number;
  /** Whether it is a preview from which something was cut. */
  readonly shortened?: true;
}
