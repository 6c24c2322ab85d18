import { openApiDocument } from '../../../lib/sandbox/openapi/openapi-document.js';
import type { Method, Operation, Reference, Response } from '../../../lib/sandbox/openapi/openapi.types.js';

export { openApiDocument };

export interface DocumentedOperation {
  readonly method: Method;
  readonly path: string;
  readonly operation: Operation;
}

/** Every operation of the document. */
export const operations: readonly DocumentedOperation[] = Object.entries(openApiDocument.paths).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method as Method, path, operation })),
);

export function operationOf(operationId: string): DocumentedOperation {
  const found = operations.find(({ operation }) => operation.operationId === operationId);
  if (!found) throw new Error(`There is no operation ${operationId}`);
  return found;
}

/** What the document says of an operation's answer with a status. */
export function responseOf({ operation }: DocumentedOperation, status: number): Response {
  const response = operation.responses[status] ?? operation.responses.default;
  if (response === undefined) throw new Error(`${operation.operationId} does not speak of ${status}`);
  return isReference(response) ? follow(response) : response;
}

function isReference(response: Response | Reference): response is Reference {
  return '$ref' in response;
}

function follow({ $ref }: Reference): Response {
  const found = openApiDocument.components.responses[$ref.replace('#/components/responses/', '')];
  if (!found) throw new Error(`${$ref} is not in the document`);
  return found;
}
