import { types } from 'node:util';
import { isPlainObject } from '../../events/constraints/attribute-type.js';
import { keyPath } from '../../events/constraints/level.js';
import { limits } from '../../events/constraints/limits.js';
import { setOwn } from '../../events/constraints/set-own.js';
import { MAX_VIOLATIONS, violation, type Violation } from '../../events/constraints/violation.js';
import type { JsonObject, JsonValue } from '../../events/event-data.js';
import type { AttributeMapping, MappedAttribute } from './attribute-mapping.js';
import { validate } from './validate-values.js';

type Values = Readonly<Record<string, unknown>>;

/** Bytes that an object takes at least, among others: `{},`. */
const SMALLEST_OBJECT = 3;

/** Turns the values of event classes into attributes, and collects what the classes themselves find wrong with them. */
export class ValueMapper {
  readonly violations: Violation[] = [];
  private readonly holding = new Set<object>();
  private objects = 0;

  /** @param leaveOut called for each object, with what it has beside its attributes */
  constructor(
    private readonly maxBytes: number,
    private readonly leaveOut: (mapping: AttributeMapping, values: object) => void,
  ) {}

  /** Whether there is more to be said of the values than anybody reads, or more in them than may be sent. */
  private get isEnough(): boolean {
    return this.violations.length >= MAX_VIOLATIONS || this.objects * SMALLEST_OBJECT > this.maxBytes;
  }

  /** The attributes that an object's properties make. Their values are not checked against WebEngage's rules yet. */
  map(mapping: AttributeMapping, values: object, path: string, level = 1): JsonObject {
    this.objects++;
    this.holding.add(values);
    const attributes: JsonObject = {};
    for (const attribute of mapping.attributes) {
      const value = (values as Values)[attribute.property];
      if (value === undefined || value === null) this.miss(attribute, mapping, path);
      else setOwn(attributes, attribute.name, this.mapAttribute(attribute, value, path, level) as JsonValue);
    }
    if (mapping.hasValidators) this.violations.push(...validate(mapping, values, path, level === 1));
    this.leaveOut(mapping, values);
    this.holding.delete(values);
    return attributes;
  }

  private miss(attribute: MappedAttribute, { mappedClass }: AttributeMapping, path: string): void {
    if (attribute.isOptional) return;
    const problem = `is mandatory, but ${mappedClass.name}.${attribute.property} has no value`;
    this.violations.push(violation(path + keyPath(attribute.name), 'required', problem));
  }

  private mapAttribute(attribute: MappedAttribute, value: unknown, path: string, level: number): unknown {
    // Most attributes hold no others: their places are not written down.
    if (attribute.nested === undefined) return value;
    return this.mapValue(attribute.nested, value, path + keyPath(attribute.name), level);
  }

  private mapValue(nested: AttributeMapping, value: unknown, place: string, level: number): unknown {
    // Deeper than anything may be nested, endless, or too long to be sent: as it is, for the rules to find.
    if (typeof value !== 'object' || value === null || level > limits.nestingLevels) return value;
    if (this.isEnough || this.holding.has(value)) return value;
    if (!Array.isArray(value)) return isMappable(nested, value) ? this.map(nested, value, place, level + 1) : value;
    if (value.length * 2 > this.maxBytes) return value;
    this.holding.add(value);
    const items = Array.from(value, (item: unknown, index) =>
      this.mapValue(nested, item, place + keyPath(index), level + 1),
    );
    this.holding.delete(value);
    return items;
  }
}

/** Whether an object can be read as one of a class: what a Map holds is not in its properties. */
function isMappable({ mappedClass, properties }: AttributeMapping, value: object): boolean {
  if (types.isDate(value) || types.isMap(value) || types.isSet(value)) return false;
  return value instanceof mappedClass || isPlainObject(value) || [...properties].some((property) => property in value);
}
