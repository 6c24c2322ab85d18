import type { Content, Operation, Reference, Response, Schema } from './openapi.types.js';

/** A schema of the document's components, by its name. */
export function schemaRef(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

/** An answer in JSON, of the shape of a component. */
export function json(description: string, schema: string, headers?: Response['headers']): Response {
  return { description, headers, content: { 'application/json': { schema: schemaRef(schema) } } };
}

/** A body in JSON, of the shape of a component. */
export function jsonBody(schema: string, example: unknown): NonNullable<Operation['requestBody']> {
  const content: Content = { schema: schemaRef(schema), example };
  return { required: true, content: { 'application/json': content } };
}

/** An object whose fields are all there. */
export function object(description: string, properties: Readonly<Record<string, Schema>>): Schema {
  return { type: 'object', description, properties, required: Object.keys(properties) };
}

/** An answer without a body. */
export const noContent: Response = { description: 'It is done; the answer has no body.' };

/** What any operation of the sandbox's own API may answer besides. */
export const anyProblem: Readonly<Record<'default', Reference>> = {
  default: { $ref: '#/components/responses/Problem' },
};

export const milliseconds: Schema = { type: 'number', description: "Milliseconds since 1970, by the sandbox's clock." };
export const count: Schema = { type: 'integer', minimum: 0 };
