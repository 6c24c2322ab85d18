import { anyProblem, json, noContent } from '../building-blocks.js';
import type { Paths } from '../openapi.types.js';
import { eventFilters, id, lastEventId, limit, timeout } from '../parameters.js';

const tags = ['Events'] as const;

export const eventsPaths: Paths = {
  '/api/events': {
    get: {
      operationId: 'listEvents',
      tags,
      summary: 'Lists what came in, oldest first',
      description: 'What was refused or spoilt by a fault is listed too. The filters must all be met.',
      parameters: [...eventFilters, limit],
      responses: { 200: json('The events.', 'Events'), ...anyProblem },
    },
    delete: {
      operationId: 'clearEvents',
      tags,
      summary: 'Forgets the events and the counts',
      description: 'What they taught of request ids and data types stays, as with WebEngage.',
      responses: { 204: noContent, ...anyProblem },
    },
  },
  '/api/events/next': {
    get: {
      operationId: 'waitForEvent',
      tags,
      summary: 'Waits for an event to be ingested',
      description:
        'Answers with the first ingested that is wanted and remembered, or else with the first to come. To wait for one ' +
        'more, give the `id` of the last one as `after`: only what was ingested after that one will do.',
      parameters: [...eventFilters, timeout],
      responses: { 200: json('The event.', 'Event'), 404: json('None came in time.', 'Problem'), ...anyProblem },
    },
  },
  '/api/events/{id}': {
    get: {
      operationId: 'getEvent',
      tags,
      summary: 'Shows one event in full',
      parameters: [id('event')],
      responses: {
        200: json('The event.', 'Event'),
        404: json('There is no such event, or it was forgotten.', 'Problem'),
        ...anyProblem,
      },
    },
  },
  '/api/events.jsonl': {
    get: {
      operationId: 'exportEvents',
      tags,
      summary: 'Exports events as JSON Lines',
      description:
        'One event of the schema `Event` a line, oldest first. A sandbox can be started with them as its seed.',
      parameters: eventFilters,
      responses: {
        200: {
          description: 'The events, as a file to save.',
          content: { 'application/jsonl': { schema: { type: 'string', description: 'An `Event` in JSON a line.' } } },
        },
        ...anyProblem,
      },
    },
  },
  '/api/stream': {
    get: {
      operationId: 'streamEvents',
      tags,
      summary: 'Tells of everything that comes in, as server-sent events',
      description:
        '`events`: an array of at most 200 events that are new or have changed, of the schema `Event`, with what is ' +
        'long cut; first all that are remembered. `state`: the schema `State`, at first and after changes. `cleared`: ' +
        'an empty object; forget all that you know. It does not end.',
      parameters: [lastEventId],
      responses: {
        200: {
          description: 'The stream.',
          content: { 'text/event-stream': { schema: { type: 'string' } } },
        },
        ...anyProblem,
      },
    },
  },
};
