import { object, schemaRef } from '../building-blocks.js';
import type { Response, Schema } from '../openapi.types.js';

export const problemSchemas: Readonly<Record<string, Schema>> = {
  Problem: {
    type: 'object',
    description: "Why the sandbox's own API did not do what it was asked for.",
    properties: {
      message: { type: 'string', description: 'What is wrong.' },
      problems: {
        type: 'array',
        items: schemaRef('FieldProblem'),
        description: 'Each wrong field, where it is known.',
      },
    },
    required: ['message'],
    examples: [
      {
        message: 'The query is wrong',
        problems: [{ path: 'limit', message: 'must be a whole number from 0 to 100000' }],
      },
    ],
  },
  FieldProblem: object('What is wrong with one field or parameter.', {
    path: { type: 'string' },
    message: { type: 'string' },
  }),
};

export const problemResponses: Readonly<Record<string, Response>> = {
  Problem: {
    description:
      '400: the request is wrong. 403: it comes from a page of another site. 404: there is no such thing. 405: this ' +
      'resource does not take the method. 413: the body is larger than 65,536 bytes. 503: too many large bodies at once.',
    content: { 'application/json': { schema: schemaRef('Problem') } },
  },
};
