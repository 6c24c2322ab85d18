import { getMetadataStorage, type MetadataStorage, ValidationTypes } from 'class-validator';
import type { AnyClass } from '../../common/any-class.js';

type ValidatorMetadata = ReturnType<MetadataStorage['getTargetValidationMetadatas']>[number];

/** The decorators of class-validator that stand on a class and those that it extends. */
export class ClassValidators {
  private readonly decorators: readonly ValidatorMetadata[];

  constructor(decoratedClass: AnyClass) {
    this.decorators = getMetadataStorage().getTargetValidationMetadatas(decoratedClass, '', false, false);
  }

  get isEmpty(): boolean {
    return this.decorators.length === 0;
  }

  /** Whether `@IsOptional()`, or a condition like it, lets an object go without the property. */
  allowsAbsence(property: string): boolean {
    return this.decorators.some(
      (decorator) => decorator.propertyName === property && isConditional(decorator) && !appliesToNothing(decorator),
    );
  }

  /** Properties with a validator that answers with a promise: an event is checked at once. */
  asynchronousProperties(): string[] {
    const storage = getMetadataStorage();
    const asynchronous = this.decorators.filter(
      ({ constraintCls }) =>
        typeof constraintCls === 'function' &&
        storage.getTargetValidatorConstraints(constraintCls).some(({ async }) => async),
    );
    return [...new Set(asynchronous.map(({ propertyName }) => propertyName))];
  }
}

function isConditional({ type }: ValidatorMetadata): boolean {
  return type === ValidationTypes.CONDITIONAL_VALIDATION;
}

function appliesToNothing({ constraints }: ValidatorMetadata): boolean {
  try {
    return (constraints as ((object: object, value: unknown) => boolean)[]).every((applies) => applies({}, undefined));
  } catch {
    // A condition that looks further into the object: whether it holds is seen with each event.
    return false;
  }
}
