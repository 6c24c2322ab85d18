import type { EventReading } from './read-event.js';
import type { OnTypeConflict, TypeConflicts } from './type-conflicts.js';
import type { Lesson, TypeConflict, TypeLock } from './type-lock.js';
import { withoutAttributes } from './without-attributes.js';

/** What was found while events that are taken together, or not at all, were held against the lock. */
export interface GuardFindings {
  readonly lessons: Lesson[];
  readonly conflicts: { readonly eventName: string; readonly conflicts: readonly TypeConflict[] }[];
}

/** Keeps values of other data types from WebEngage, which would silently drop them, as `onTypeConflict` says. */
export class TypeGuard {
  constructor(
    private readonly onTypeConflict: OnTypeConflict,
    private readonly lock: TypeLock,
    private readonly conflicts: TypeConflicts,
  ) {}

  begin(): GuardFindings {
    return { lessons: [], conflicts: [] };
  }

  /** Holds a valid event against the lock: the event as it may be sent, or why it may not. */
  check(reading: EventReading, findings: GuardFindings): EventReading {
    const { eventName, eventData } = reading.body;
    if (eventData === undefined) return reading;
    const conflicts = this.lock.judge(eventName, eventData, findings.lessons);
    if (conflicts.length === 0) return reading;
    findings.conflicts.push({ eventName, conflicts });
    if (this.onTypeConflict === 'reject') {
      return { ...reading, violations: conflicts.map(({ violation }) => violation) };
    }
    return this.onTypeConflict === 'warn' ? reading : withoutAttributes(reading, conflicts);
  }

  /** The events were taken. */
  keep({ lessons, conflicts }: GuardFindings): void {
    this.lock.keep(lessons);
    for (const { eventName, conflicts: found } of conflicts) this.conflicts.record(eventName, found);
  }

  /** The events were not taken. */
  forget({ lessons, conflicts }: GuardFindings): void {
    this.lock.forget(lessons);
    if (this.onTypeConflict !== 'reject') return;
    for (const { eventName, conflicts: found } of conflicts) this.conflicts.record(eventName, found);
  }
}
