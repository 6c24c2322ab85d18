import { validateSync } from 'class-validator';
import { describeThrown } from '../../common/describe-value.js';
import { attributeTypeOf } from '../../events/constraints/attribute-type.js';
import { keyPath } from '../../events/constraints/level.js';
import { violation, type Violation } from '../../events/constraints/violation.js';
import type { AttributeMapping, MappedAttribute } from './attribute-mapping.js';

const UNPRINTABLE = /[\p{Cc}\u2028\u2029]+/gu;
const MAX_MESSAGE = 500;

/**
 * Holds values against the decorators of class-validator that stand on their class, those of nested classes left out.
 *
 * @param isEvent whether they are an event's attributes, whose data types are locked, or values within one
 */
export function validate(mapping: AttributeMapping, values: object, path: string, isEvent: boolean): Violation[] {
  try {
    // What nested values break is found where they are mapped, whether or not @ValidateNested() stands there.
    return validateSync(instanceOf(mapping, values), { forbidUnknownValues: false }).flatMap(
      ({ property, value, constraints = {} }) => {
        const attribute = mapping.attributes.find((candidate) => candidate.property === property);
        if (attribute && isJudgedElsewhere(attribute, value, isEvent)) return [];
        const place = path + (attribute ? keyPath(attribute.name) : `.${property}`);
        return Object.values(constraints).map((message) => violation(place, 'validator', inOneLine(message)));
      },
    );
  } catch (error) {
    const problem = `could not be checked by class-validator: ${describeThrown(error)}`;
    return [violation(path, 'validator', problem)];
  }
}

/** Whether what is wrong with a value is not its validators' to say. */
function isJudgedElsewhere(attribute: MappedAttribute, value: unknown, isEvent: boolean): boolean {
  // Where there may be none is told by itself. Of one that is optional by a condition class-validator asked the condition.
  if (value === undefined || value === null) return attribute.metadata.isOptional || !attribute.isOptional;
  // What has another data type is the type lock's: "must not be less than 0" would lead astray.
  const type = attributeTypeOf(value);
  const isOfClass = attribute.nested !== undefined && type === undefined;
  return isEvent && type !== attribute.type && !isOfClass;
}

/** Values may come as a plain object, but class-validator knows its decorators by the class. */
function instanceOf({ mappedClass, properties }: AttributeMapping, values: object): object {
  if (values instanceof mappedClass && !Object.hasOwn(values, 'constructor')) return values;
  const instance = Object.create(mappedClass.prototype as object) as object;
  for (const property of new Set([...Object.keys(values), ...properties])) {
    // By its constructor class-validator would look for the decorators. Defined, for its class may have setters.
    if (property === 'constructor' || !(property in values)) continue;
    const value = (values as Readonly<Record<string, unknown>>)[property];
    Object.defineProperty(instance, property, { value, enumerable: true, configurable: true, writable: true });
  }
  return instance;
}

/** A user's message may hold a value, and that a line break, which could forge a log. */
function inOneLine(message: string): string {
  return message.replace(UNPRINTABLE, ' ').slice(0, MAX_MESSAGE);
}
