import { types } from 'node:util';
import { quote } from '../../common/describe-value.js';
import { limits } from '../../events/constraints/limits.js';
import { setOwn } from '../../events/constraints/set-own.js';
import { violation, type Violation } from '../../events/constraints/violation.js';
import type { JsonObject, JsonValue } from '../../events/event-data.js';
import type { AttributeMapping, MappedAttribute } from './attribute-mapping.js';
import { validate } from './validate-values.js';

type Values = Readonly<Record<string, unknown>>;

/** Turns the values of event classes into attributes, and collects what the classes themselves find wrong with them. */
export class ValueMapper {
  readonly violations: Violation[] = [];

  constructor(private readonly maxBytes: number) {}

  /** The attributes that an object's properties make. Their values are not checked against WebEngage's rules yet. */
  map(mapping: AttributeMapping, values: object, path: string, level = 1): Record<string, unknown> {
    const attributes: JsonObject = {};
    for (const attribute of mapping.attributes) {
      const value = (values as Values)[attribute.property];
      if (value === undefined || value === null) this.miss(attribute, mapping, path);
      else setOwn(attributes, attribute.name, this.mapAttribute(attribute, value, path, level) as JsonValue);
    }
    if (mapping.hasValidators) this.violations.push(...validate(mapping, values, path));
    return attributes;
  }

  private miss(attribute: MappedAttribute, { mappedClass }: AttributeMapping, path: string): void {
    if (attribute.isOptional) return;
    const problem = `is mandatory, but ${mappedClass.name}.${attribute.property} has no value`;
    this.violations.push(violation(placeOf(attribute, path), 'required', problem));
  }

  private mapAttribute(attribute: MappedAttribute, value: unknown, path: string, level: number): unknown {
    // Most attributes hold no others: their places are not written down.
    if (attribute.nested === undefined) return value;
    return this.mapValue(attribute.nested, value, placeOf(attribute, path), level);
  }

  private mapValue(nested: AttributeMapping, value: unknown, place: string, level: number): unknown {
    // Deeper than anything may be nested, or too long to be sent: as it is, for the rules to find.
    if (typeof value !== 'object' || value === null || level > limits.nestingLevels) return value;
    if (!Array.isArray(value)) return types.isDate(value) ? value : this.map(nested, value, place, level + 1);
    if (value.length * 2 > this.maxBytes) return value;
    return Array.from(value, (item: unknown, index) => {
      const isObject = typeof item === 'object' && item !== null && !Array.isArray(item) && !types.isDate(item);
      return isObject ? this.map(nested, item, `${place}[${index}]`, level + 2) : item;
    });
  }
}

function placeOf({ name }: MappedAttribute, path: string): string {
  return `${path}[${quote(name)}]`;
}
