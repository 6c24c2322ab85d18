import { anyProblem, json, jsonBody, noContent } from '../building-blocks.js';
import type { Paths } from '../openapi.types.js';
import { id } from '../parameters.js';

const tags = ['Faults'] as const;

export const faultsPaths: Paths = {
  '/api/faults': {
    get: {
      operationId: 'listFaults',
      tags,
      summary: 'Lists the faults that are at work',
      responses: { 200: json('The faults.', 'ActiveFaults'), ...anyProblem },
    },
    post: {
      operationId: 'addFault',
      tags,
      summary: 'Spoils calls from now on',
      description:
        'The first fault that applies to a call decides how it ends, and the latencies of all add up. At most 100 can ' +
        'be at work.',
      requestBody: jsonBody('Fault', { status: 503, retryAfter: 2, calls: 3 }),
      responses: {
        201: json('The fault is at work.', 'ActiveFault'),
        400: json('The fault is wrong, or one too many.', 'Problem'),
        ...anyProblem,
      },
    },
    delete: {
      operationId: 'removeFaults',
      tags,
      summary: 'Removes all faults',
      responses: { 204: noContent, ...anyProblem },
    },
  },
  '/api/faults/{id}': {
    delete: {
      operationId: 'removeFault',
      tags,
      summary: 'Removes one fault',
      parameters: [id('fault')],
      responses: { 204: noContent, 404: json('There is no such fault, or it is over.', 'Problem'), ...anyProblem },
    },
  },
};
