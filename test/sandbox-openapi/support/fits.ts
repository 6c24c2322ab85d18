import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Schema } from '../../../lib/sandbox/openapi/openapi.types.js';
import { openApiDocument } from './document.js';

const OPTIONS = { allErrors: true, strict: true, strictTypes: false, strictRequired: false } as const;
const { schemas } = openApiDocument.components;
const DOCUMENT = 'https://sandbox.example/openapi.json';

/** As the document says: clients must be ready for fields that are new to them. */
const asDocumented = validatorOf({ components: { schemas } });
/** The same, but with no field that the document does not name. */
const withNothingElse = validatorOf(closed({ components: { schemas } }) as object);

/** What is wrong with a value by a schema of the document; empty if nothing is. */
export function misfits(schema: Schema, value: unknown): string[] {
  return check(asDocumented, schema, value);
}

/** The same, but a field that the document does not name is wrong too. */
export function misfitsOrUnnamed(schema: Schema, value: unknown): string[] {
  return check(withNothingElse, closed(schema) as Schema, value);
}

function validatorOf(document: object): Ajv2020 {
  return new Ajv2020(OPTIONS).addVocabulary(['components']).addSchema(document, DOCUMENT);
}

function check(ajv: Ajv2020, schema: Schema, value: unknown): string[] {
  const validate: ValidateFunction =
    schema.$ref === undefined ? ajv.compile(schema) : ajv.compile({ $ref: `${DOCUMENT}${schema.$ref}` });
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    return `${instancePath} ${message} ${JSON.stringify(params)}`;
  });
}

function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([name, value]) => [name, closed(value)]));
  const isOpen = copy.type === 'object' && copy.properties !== undefined && copy.additionalProperties === undefined;
  return isOpen ? { ...copy, additionalProperties: false } : copy;
}
