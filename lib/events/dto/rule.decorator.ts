import { ValidateBy, type ValidationArguments, type ValidationOptions } from 'class-validator';
import type { Violation } from '../constraints/violation.js';

// class-validator puts other text in the place of these, and a name may hold one.
const TOKEN = /\$(?=value|property|target|constraint\d)/g;

/** Answers which rules a property's value breaks; `path` is the property's name. */
export type PropertyRules = (value: unknown, path: string, object: object) => readonly Violation[];

/** Makes a class-validator decorator of rules that are written elsewhere; its message holds all their messages. */
export function ruleDecorator(name: string, rules: PropertyRules, options?: ValidationOptions): PropertyDecorator {
  const violationsAt = (value: unknown, args?: ValidationArguments, position = '') =>
    rules(value, (args?.property ?? 'value') + position, args?.object ?? {});
  return ValidateBy(
    {
      name,
      validator: {
        validate: (value: unknown, args) => violationsAt(value, args).length === 0,
        defaultMessage: (args) =>
          valuesOf(args?.value, options?.each)
            .flatMap(([position, value]) => violationsAt(value, args, position))
            .map(({ message }) => message.replace(TOKEN, '\\u0024'))
            .join('; '),
      },
    },
    options,
  );
}

/** The values that class-validator holds against the rules one by one, each with its place. */
function valuesOf(value: unknown, each: boolean | undefined): [position: string, value: unknown][] {
  if (!each || !(Array.isArray(value) || value instanceof Set || value instanceof Map)) return [['', value]];
  return Array.from(value.values(), (item: unknown, index) => [`[${index}]`, item]);
}
