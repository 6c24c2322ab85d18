import { validateSync } from 'class-validator';
import { describeThrown, quote } from '../../common/describe-value.js';
import { violation, type Violation } from '../../events/constraints/violation.js';
import type { AttributeMapping } from './attribute-mapping.js';

/** Holds values against the decorators of class-validator that stand on their class, those of nested classes left out. */
export function validate(mapping: AttributeMapping, values: object, path: string): Violation[] {
  try {
    // What nested values break is found where they are mapped, whether or not @ValidateNested() stands there.
    return validateSync(instanceOf(mapping, values), { forbidUnknownValues: false })
      .filter(({ property, value }) => !isAbsent(mapping, property, value))
      .flatMap(({ property, constraints = {} }) =>
        Object.values(constraints).map((message) => violation(placeOf(mapping, property, path), 'validator', message)),
      );
  } catch (error) {
    const problem = `could not be checked by class-validator: ${describeThrown(error)}`;
    return [violation(path, 'validator', problem)];
  }
}

/** Whether an attribute may go without a value is told by itself: to its validators it would be a wrong one. */
function isAbsent({ properties }: AttributeMapping, property: string, value: unknown): boolean {
  return (value === undefined || value === null) && properties.has(property);
}

/** Values may come as a plain object, but class-validator knows its decorators by the class. */
function instanceOf({ mappedClass }: AttributeMapping, values: object): object {
  if (values instanceof mappedClass) return values;
  return Object.assign(Object.create(mappedClass.prototype as object) as object, values);
}

function placeOf({ attributes }: AttributeMapping, property: string, path: string): string {
  const attribute = attributes.find((candidate) => candidate.property === property);
  return attribute === undefined ? `${path}.${property}` : `${path}[${quote(attribute.name)}]`;
}
