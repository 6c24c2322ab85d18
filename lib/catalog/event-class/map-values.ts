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
      const place = `${path}[${quote(attribute.name)}]`;
      if (value === undefined || value === null) this.miss(attribute, mapping, place);
      else setOwn(attributes, attribute.name, this.mapValue(attribute.nested, value, place, level) as JsonValue);
    }
    if (mapping.hasValidators) this.violations.push(...validate(mapping, values, path));
    return attributes;
  }

  private miss({ isOptional, property }: MappedAttribute, { mappedClass }: AttributeMapping, place: string): void {
    if (isOptional) return;
    const problem = `is mandatory, but ${mappedClass.name}.${property} has no value`;
    this.violations.push(violation(place, 'required', problem));
  }

  private mapValue(nested: AttributeMapping | undefined, value: unknown, place: string, level: number): unknown {
    // Deeper than anything may be nested, or too long to be sent: as it is, for the rules to find.
    if (nested === undefined || typeof value !== 'object' || value === null || level > limits.nestingLevels)
      return value;
    if (!Array.isArray(value)) return types.isDate(value) ? value : this.map(nested, value, place, level + 1);
    if (value.length * 2 > this.maxBytes) return value;
    return Array.from(value, (item: unknown, index) => {
      const isObject = typeof item === 'object' && item !== null && !Array.isArray(item) && !types.isDate(item);
      return isObject ? this.map(nested, item, `${place}[${index}]`, level + 2) : item;
    });
  }
}
