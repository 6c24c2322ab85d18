import { quote } from '../common/describe-value.js';
import { ownCopy } from '../common/own-copy.js';
import type { Log } from '../common/log.js';
import type { Ledger } from '../delivery/ledger.js';
import type { Violation } from './constraints/violation.js';
import type { TypeConflict } from './type-lock.js';

/** How many attributes are told apart; beyond, conflicts are counted together. */
const MAX_REMEMBERED = 1_000;

/** What becomes of an event with an attribute whose value has another data type than before. */
export type OnTypeConflict = 'reject' | 'drop-attribute' | 'warn';

/** An attribute that came with another data type than it has, or as the 26th of its type. */
export interface ConflictingAttribute {
  readonly eventName: string;
  readonly attribute: string;
  /** What was wrong the first time. */
  readonly violation: Violation;
  /** How many events had it so. */
  readonly count: number;
}

const WHAT_FOLLOWS: Readonly<Record<OnTypeConflict, string>> = {
  reject: 'the event is refused',
  'drop-attribute': 'it is left out, and the rest of the event is sent',
  warn: 'it is sent all the same',
};

/** Counts the conflicts of data types, and logs each attribute's first. */
export class TypeConflicts {
  private readonly remembered = new Map<string, ConflictingAttribute>();
  constructor(
    /** The name of the module's `account`, if it has one. */
    readonly account: string | undefined,
    private readonly onTypeConflict: OnTypeConflict,
    private readonly ledger: Pick<Ledger, 'conflict'>,
    private readonly log: Log,
  ) {}

  record(eventName: string, conflicts: readonly TypeConflict[]): void {
    this.ledger.conflict(conflicts.length);
    for (const { attribute, violation } of conflicts) this.recordOne(eventName, attribute, violation);
  }

  /** The attributes that have been in conflict, at most 1,000 of them. */
  list(): ConflictingAttribute[] {
    return [...this.remembered.values()];
  }

  /** Forgets them; each one's next is logged anew. */
  clear(): void {
    this.remembered.clear();
  }

  private recordOne(eventName: string, attribute: string, violation: Violation): void {
    const key = JSON.stringify([eventName, attribute]);
    const earlier = this.remembered.get(key);
    if (earlier === undefined && this.remembered.size >= MAX_REMEMBERED) return;
    const conflict = earlier ?? { eventName: ownCopy(eventName), attribute, violation };
    this.remembered.set(key, { ...conflict, count: (earlier?.count ?? 0) + 1 });
    if (earlier === undefined) this.logFirst(eventName, violation);
  }

  private logFirst(eventName: string, { message }: Violation): void {
    const { onTypeConflict } = this;
    this.log[onTypeConflict === 'warn' ? 'warn' : 'error'](
      `${quote(eventName)}: ${message}. WebEngage would silently drop it: ${WHAT_FOLLOWS[onTypeConflict]} ` +
        `(onTypeConflict: '${onTypeConflict}'). Further ones of this attribute are counted in stats(), not logged`,
    );
    if (this.remembered.size === MAX_REMEMBERED) {
      this.log.warn(
        `${MAX_REMEMBERED} attributes were in conflict with their data types; further ones are only counted`,
      );
    }
  }
}
