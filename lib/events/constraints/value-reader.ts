import { types } from 'node:util';
import { describeValue } from '../../common/describe-value.js';
import type { JsonObject, JsonValue } from '../event-data.js';
import { formatDate } from '../event-time.js';
import { isPlainObject } from './attribute-type.js';
import { leadsThrough, type Level, pathBelow } from './level.js';
import { limits } from './limits.js';
import { setOwn } from './set-own.js';
import {
  addViolations,
  type Constraint,
  MAX_VIOLATIONS,
  type Rule,
  unreadableViolation,
  violation,
  type Violation,
} from './violation.js';

const ALLOWED = 'String, Number, Boolean, Date, JSON Array or JSON Object';

/**
 * Thrown to leave a walk at once, from whatever depth. Told by identity: what a getter throws may be a trap itself,
 * on which `instanceof` throws.
 */
const WALK_ENDED = new Error('The walk has ended');

/**
 * Walks the attributes of an event, whatever their shape, and copies them as JSON values, once: what was checked is
 * what is sent, even if a getter or a proxy would answer differently the next time. Everything that WebEngage has no
 * type for becomes a violation with its path. The walk ends early where the JSON would outgrow `maxBytes`, so that no
 * input can make it endless.
 */
export class ValueReader {
  readonly violations: Violation[] = [];
  /** Whether the JSON is larger than `maxBytes` for certain. */
  outgrown = false;
  private remaining: number;
  private readonly outermost: Level;
  private level: Level;

  constructor(
    private readonly root: string,
    attributes: unknown,
    maxBytes: number,
  ) {
    this.remaining = maxBytes;
    this.level = this.outermost = { object: attributes, outer: undefined, depth: 1, key: undefined };
  }

  /** The path of the value that is being read. */
  get path(): string {
    return this.root + pathBelow(this.level);
  }

  /** Turns to an attribute, from wherever the walk has got to. */
  turnTo(name: string): void {
    this.level = this.outermost;
    this.level.key = name;
  }

  /**
   * Takes what was thrown during the walk. What a getter or a proxy trap threw becomes a violation where it threw.
   * Returns false when the walk has ended and nothing more may be read.
   */
  recover(thrown: unknown): boolean {
    if (thrown !== WALK_ENDED) this.add(unreadableViolation(this.path, thrown));
    return !this.outgrown && this.violations.length < MAX_VIOLATIONS;
  }

  /** Holds a value at the current path against rules. */
  check<Value>(value: Value, constraints: readonly Constraint<Value>[]): void {
    addViolations(this.violations, value, constraints, this);
  }

  report(rule: Rule, problem: string): undefined {
    this.add(violation(this.path, rule, problem));
    return undefined;
  }

  /** The value as JSON; undefined after a violation. */
  read(value: unknown): JsonValue | undefined {
    if (this.violations.length >= MAX_VIOLATIONS) throw WALK_ENDED;
    switch (typeof value) {
      case 'string':
        this.spend(value.length + 2);
        return value;
      case 'boolean':
        this.spend(4);
        return value;
      case 'number':
        this.spend(1);
        return Number.isFinite(value) ? value : this.reportDataType(value);
      case 'object':
        return value === null ? this.reportDataType(value) : this.readObject(value);
      default:
        return this.reportDataType(value);
    }
  }

  /** Takes the room of a name with its quotes, its colon and a comma. */
  spendName(name: string): void {
    this.spend(name.length + 4);
  }

  private readObject(value: object): JsonValue | undefined {
    if (types.isDate(value)) {
      this.spend(26);
      return (
        formatDate(value) ?? this.report('dateFormat', 'must be a valid Date between the years 0 and 9999, but is not')
      );
    }
    const isArray = Array.isArray(value);
    if (!isArray && !isPlainObject(value)) return this.reportDataType(value);
    const outer = this.level;
    if (leadsThrough(outer, value)) return this.report('cycle', 'must not lead back to an object that holds it');
    // The outermost level is `eventData` itself, which is no attribute.
    if (outer.depth > limits.nestingLevels) {
      return this.report(
        'nestingLevels',
        `must not be nested deeper than ${limits.nestingLevels} levels, but is at level ${outer.depth}`,
      );
    }
    this.level = { object: value, outer, depth: outer.depth + 1, key: undefined };
    const copy = isArray ? this.readArray(value as unknown[]) : this.readPlainObject(value);
    this.level = outer;
    return copy;
  }

  private readArray(values: readonly unknown[]): JsonValue[] {
    const { length } = values;
    if (length * 2 > this.remaining) this.outgrow();
    const copy: JsonValue[] = [];
    for (let index = 0; index < length; index++) {
      this.spend(1);
      const value = this.readAt(values, index);
      if (value !== undefined) copy.push(value);
    }
    return copy;
  }

  private readPlainObject(object: Record<string, unknown>): JsonObject {
    const copy: JsonObject = {};
    for (const key of Object.keys(object)) {
      this.spendName(key);
      const value = this.readAt(object, key);
      if (value !== undefined) setOwn(copy, key, value);
    }
    return copy;
  }

  private readAt<Key extends string | number>(object: Readonly<Record<Key, unknown>>, key: Key): JsonValue | undefined {
    this.level.key = key;
    const value = this.read(object[key]);
    this.level.key = undefined;
    return value;
  }

  private reportDataType(value: unknown): undefined {
    return this.report('dataType', `must be a ${ALLOWED}, but is ${describeValue(value)}`);
  }

  private add(violation: Violation): void {
    if (this.violations.length < MAX_VIOLATIONS) this.violations.push(violation);
  }

  private spend(bytes: number): void {
    this.remaining -= bytes;
    if (this.remaining < 0) this.outgrow();
  }

  private outgrow(): never {
    this.outgrown = true;
    throw WALK_ENDED;
  }
}
