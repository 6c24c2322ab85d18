import { anyProblem, json, noContent } from '../building-blocks.js';
import type { Paths } from '../openapi.types.js';

const tags = ['State'] as const;

export const statePaths: Paths = {
  '/api/state': {
    get: {
      operationId: 'getState',
      tags,
      summary: 'Shows the counts, the use of the quota, the faults and the time',
      responses: { 200: json('The state.', 'State'), ...anyProblem },
    },
    delete: {
      operationId: 'resetState',
      tags,
      summary: 'Forgets everything, as if the sandbox had just started',
      description:
        'Events, counts, data types, request ids, the use of the quota, faults, and what was done to the clock. What ' +
        'event classes and a lock file declare is known again at once.',
      responses: { 204: noContent, ...anyProblem },
    },
  },
  '/api/types': {
    get: {
      operationId: 'listTypes',
      tags,
      summary: 'Lists the data types that are fixed, for each account and event',
      responses: { 200: json('The types.', 'AllLockedTypes'), ...anyProblem },
    },
  },
  '/api/openapi.json': {
    get: {
      operationId: 'getOpenApiDocument',
      tags,
      summary: 'Shows this document',
      responses: {
        200: {
          description: 'OpenAPI 3.1.',
          content: { 'application/json': { schema: { type: 'object' }, example: { openapi: '3.1.1' } } },
        },
        ...anyProblem,
      },
    },
  },
};
