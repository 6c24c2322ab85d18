import { quote } from '../../common/describe-value.js';
import type { Log } from '../../common/log.js';
import { OnceLog } from '../../common/once-log.js';
import {
  judgeType,
  oneTooManyViolation,
  typeConflictViolation,
} from '../../events/constraints/attribute-lock.constraints.js';
import { type AttributeType, attributeTypeOf } from '../../events/constraints/attribute-type.js';
import { keyPath } from '../../events/constraints/level.js';
import type { JsonObject } from '../../events/event-data.js';
import type { Lesson, TypeConflict, TypeLock } from '../../events/type-lock.js';
import type { LockedType } from './locked-type.js';
import { type EventTypes, type TableLimits, type TypeOrigin, type TypeSource, TypeTable } from './type-table.js';

const NO_CONFLICTS: readonly TypeConflict[] = [];

/** Whose word counts more where two sources disagree. */
const WEIGHTS: Readonly<Record<TypeSource, number>> = { 'first value': 0, declared: 1, shared: 2, 'lock file': 3 };

/** The data types that attributes had at first, or have by declaration, by the lock file, or as other processes say. */
export class AttributeTypeLock implements TypeLock {
  private readonly table: TypeTable;
  private readonly remarks: OnceLog;
  private listener: (types: readonly LockedType[]) => void = () => undefined;

  constructor(
    private readonly limits: TableLimits,
    log: Log,
  ) {
    this.table = new TypeTable(limits);
    this.remarks = new OnceLog(log);
  }

  /** Calls back with types that other processes are to hear of: not with those that came from them. */
  onLearned(listener: (types: readonly LockedType[]) => void): void {
    this.listener = listener;
  }

  /** All types that it knows. */
  all(): LockedType[] {
    return [...this.table];
  }

  judge(eventName: string, data: JsonObject, lessons: Lesson[]): readonly TypeConflict[] {
    let known = this.table.get(eventName);
    let conflicts = NO_CONFLICTS;
    for (const attribute of Object.keys(data)) {
      const type = attributeTypeOf(data[attribute]) as AttributeType;
      if (known?.attributes.get(attribute)?.type === type) continue;
      const conflict = this.judgeOther(known, { eventName, attribute, type }, lessons);
      if (conflict) conflicts = [...conflicts, conflict];
      known ??= this.table.get(eventName);
    }
    return conflicts;
  }

  keep(lessons: readonly Lesson[]): void {
    if (lessons.length > 0) this.listener(lessons);
  }

  forget(lessons: readonly Lesson[]): void {
    for (const { eventName, attribute } of lessons) this.table.delete(eventName, attribute);
  }

  /**
   * Fixes a type that is known from elsewhere than an event. Where another type is known already, the weightier source
   * wins, and the log says so.
   *
   * @param because the source in words, before the type: `AddedToCart declares it`
   */
  fix({ eventName, attribute, type }: LockedType, source: TypeSource, because: string): void {
    const origin = { type, source, because };
    const event = this.table.get(eventName);
    const known = event?.attributes.get(attribute);
    const isOther = known !== undefined && known.type !== type;
    const isWeightier = known === undefined || WEIGHTS[source] > WEIGHTS[known.source];
    const isNewOfType = isWeightier && known?.type !== type;
    if (isNewOfType && judgeType(type, undefined, event?.countOf(type) ?? 0) === 'one too many') {
      return this.remarkOnOneTooMany({ eventName, attribute, type }, because);
    }
    if (isOther) this.remarkOnDisagreement(eventName, attribute, known, origin);
    if (!isWeightier) return;
    const isSet = this.set(eventName, attribute, origin);
    if (isSet && source !== 'shared') this.listener([{ eventName, attribute, type }]);
  }

  private judgeOther(known: EventTypes | undefined, lesson: Lesson, lessons: Lesson[]): TypeConflict | undefined {
    const { eventName, attribute, type } = lesson;
    const origin = known?.attributes.get(attribute);
    const verdict = judgeType(type, origin?.type, known?.countOf(type) ?? 0);
    if (verdict === 'same') return undefined;
    const path = `eventData${keyPath(attribute)}`;
    if (verdict === 'one too many') return { attribute, violation: oneTooManyViolation(path, type, eventName) };
    if (origin !== undefined) {
      return { attribute, violation: typeConflictViolation(path, type, origin.because, origin.type) };
    }
    const because = 'its first value made it';
    if (this.set(eventName, attribute, { type, source: 'first value', because })) lessons.push(lesson);
    return undefined;
  }

  private set(eventName: string, attribute: string, origin: TypeOrigin): boolean {
    const isSet = this.table.set(eventName, attribute, origin);
    if (!isSet) {
      const { maxEvents, maxAttributes } = this.limits;
      this.remarks.say(
        'warn',
        `The data types of further attributes are not locked: typeLock.maxEvents is ${maxEvents}, ` +
          `typeLock.maxAttributes ${maxAttributes}. Are values part of the names of events or attributes?`,
      );
    }
    return isSet;
  }

  private remarkOnOneTooMany({ eventName, attribute, type }: LockedType, because: string): void {
    const { message } = oneTooManyViolation(`the attribute ${quote(attribute)}`, type, eventName);
    this.remarks.say('error', `${because} a ${type}, but ${message}. WebEngage would silently drop it`);
  }

  private remarkOnDisagreement(eventName: string, attribute: string, known: TypeOrigin, other: TypeOrigin): void {
    const winner = WEIGHTS[other.source] > WEIGHTS[known.source] ? other : known;
    const loser = winner === other ? known : other;
    this.remarks.say(
      'error',
      `The attribute ${quote(attribute)} of ${quote(eventName)}: ${winner.because} a ${winner.type}, but ${loser.because} ` +
        `a ${loser.type}. WebEngage keeps one type only; from now on it is held to be a ${winner.type}`,
    );
  }
}
