import { types } from 'node:util';
import { describeValue, quote } from '../../common/describe-value.js';
import type { JsonObject, JsonValue } from '../event-data.js';
import { formatDate } from '../event-time.js';
import { isPlainObject } from './attribute-type.js';
import { limits } from './limits.js';
import { MAX_VIOLATIONS, type Rule, unreadableViolation, violation, type Violation } from './violation.js';

const ALLOWED = 'String, Number, Boolean, Date, JSON Array or JSON Object';

/**
 * Thrown to leave a walk at once, from whatever depth. Told by identity: what a getter throws may be a trap itself,
 * on which `instanceof` throws.
 */
const WALK_ENDED = new Error('The walk has ended');

/**
 * Walks values of any shape and copies them as JSON values, once: what was checked is what is sent, even if a getter
 * or a proxy would answer differently the next time. Everything that WebEngage has no type for becomes a violation
 * with its path. The walk ends early where the JSON would outgrow `maxBytes`, so that no input can make it endless.
 */
export class ValueReader {
  readonly violations: Violation[] = [];
  /** Whether the JSON is larger than `maxBytes` for certain. */
  outgrown = false;
  private remaining: number;
  private readonly keys: (string | number)[] = [];
  private readonly ancestors: object[] = [];

  constructor(
    private readonly root: string,
    maxBytes: number,
  ) {
    this.remaining = maxBytes;
  }

  /** The path of the value that is being read. */
  get path(): string {
    return this.root + this.keys.map((key) => `[${typeof key === 'string' ? quote(key) : key}]`).join('');
  }

  /**
   * Runs one step of the walk. A getter or a proxy trap that throws in it becomes a violation where it threw.
   * Returns false when the walk has ended and nothing more may be read.
   */
  step(read: () => void): boolean {
    const { length: keys } = this.keys;
    const { length: ancestors } = this.ancestors;
    try {
      read();
      return true;
    } catch (error) {
      if (error !== WALK_ENDED) this.add(unreadableViolation(this.path, error));
      return !this.outgrown && this.violations.length < MAX_VIOLATIONS;
    } finally {
      this.keys.length = keys;
      this.ancestors.length = ancestors;
    }
  }

  /** Enters the object that `read` takes apart, so that a way back to it is recognised as a cycle. */
  within<Result>(object: object, read: () => Result): Result {
    this.ancestors.push(object);
    const result = read();
    this.ancestors.pop();
    return result;
  }

  /** Reads what stands under `key`, one level below the current path. */
  at<Result>(key: string | number, read: () => Result): Result {
    this.keys.push(key);
    const result = read();
    this.keys.pop();
    return result;
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

  private add(violation: Violation): void {
    if (this.violations.length < MAX_VIOLATIONS) this.violations.push(violation);
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
    if (this.ancestors.includes(value)) return this.report('cycle', 'must not lead back to an object that holds it');
    // The first ancestor is `eventData` itself, which is no attribute.
    if (this.ancestors.length > limits.nestingLevels) {
      return this.report(
        'nestingLevels',
        `must not be nested deeper than ${limits.nestingLevels} levels, but is at level ${this.ancestors.length}`,
      );
    }
    return this.within(value, () => (isArray ? this.readArray(value as unknown[]) : this.readPlainObject(value)));
  }

  private readArray(values: readonly unknown[]): JsonValue[] {
    const { length } = values;
    if (length * 2 > this.remaining) this.outgrow();
    const copy: JsonValue[] = [];
    for (let index = 0; index < length; index++) {
      this.spend(1);
      const value = this.at(index, () => this.read(values[index]));
      if (value !== undefined) copy.push(value);
    }
    return copy;
  }

  private readPlainObject(object: Record<string, unknown>): JsonObject {
    const copy: JsonObject = {};
    for (const key of Object.keys(object)) {
      this.spendName(key);
      const value = this.at(key, () => this.read(object[key]));
      if (value !== undefined) setOwn(copy, key, value);
    }
    return copy;
  }

  private reportDataType(value: unknown): undefined {
    return this.report('dataType', `must be a ${ALLOWED}, but is ${describeValue(value)}`);
  }

  /** Takes the room of a name with its quotes, its colon and a comma. */
  spendName(name: string): void {
    this.spend(name.length + 4);
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

/** Sets an own property, whatever its name: assigning to `__proto__` would change the prototype instead. */
export function setOwn(object: JsonObject, key: string, value: JsonValue): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[key] = value;
  }
}
