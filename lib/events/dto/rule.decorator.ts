import { ValidateBy, type ValidationArguments, type ValidationOptions } from 'class-validator';
import type { Violation } from '../constraints/violation.js';

/** Answers which rules a property's value breaks; `path` is the property's name. */
export type PropertyRules = (value: unknown, path: string, object: object) => readonly Violation[];

/** Makes a class-validator decorator of rules that are written elsewhere; its message holds all their messages. */
export function ruleDecorator(name: string, rules: PropertyRules, options?: ValidationOptions): PropertyDecorator {
  const violationsAt = (value: unknown, args?: ValidationArguments) =>
    rules(value, args?.property ?? 'value', args?.object ?? {});
  return ValidateBy(
    {
      name,
      validator: {
        validate: (value: unknown, args) => violationsAt(value, args).length === 0,
        defaultMessage: (args) =>
          violationsAt(args?.value, args)
            .map(({ message }) => message)
            .join('; '),
      },
    },
    options,
  );
}
