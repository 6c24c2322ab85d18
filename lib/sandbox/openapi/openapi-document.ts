import type { OpenApiDocument } from './openapi.types.js';
import { clockPaths } from './paths/clock.paths.js';
import { eventsPaths } from './paths/events.paths.js';
import { faultsPaths } from './paths/faults.paths.js';
import { statePaths } from './paths/state.paths.js';
import { webEngagePaths } from './paths/webengage.paths.js';
import { clockSchemas } from './schemas/clock.schemas.js';
import { eventSchemas } from './schemas/event.schemas.js';
import { faultSchemas } from './schemas/fault.schemas.js';
import { problemResponses, problemSchemas } from './schemas/problem.schemas.js';
import { stateSchemas } from './schemas/state.schemas.js';
import { webEngageSchemas } from './schemas/webengage.schemas.js';

/** What the sandbox's own API and its double of WebEngage's API offer, in OpenAPI's terms. */
export const openApiDocument: OpenApiDocument = {
  openapi: '3.1.1',
  info: {
    title: 'WebEngage sandbox',
    version: '1',
    description:
      "A double of WebEngage's events API, and an API of its own to look at what came in, to make calls go wrong and " +
      'to move its clock: for tests in any language. Bodies are JSON.',
  },
  servers: [{ url: '/', description: 'The sandbox that serves this document.' }],
  tags: [
    { name: 'Events', description: 'What came in, and what WebEngage would make of it.' },
    { name: 'Faults', description: 'Errors, delays, silence and resets, to test against.' },
    { name: 'Clock', description: 'The time by which quotas, request ids and arrivals are counted.' },
    { name: 'State', description: 'The sandbox as a whole.' },
    {
      name: "WebEngage's API",
      description: "What applications call: give the sandbox's URL to them in the place of WebEngage's.",
    },
  ],
  paths: { ...eventsPaths, ...faultsPaths, ...clockPaths, ...statePaths, ...webEngagePaths },
  components: {
    schemas: {
      ...eventSchemas,
      ...faultSchemas,
      ...clockSchemas,
      ...stateSchemas,
      ...problemSchemas,
      ...webEngageSchemas,
    },
    responses: problemResponses,
    securitySchemes: {
      apiKey: {
        type: 'http',
        scheme: 'bearer',
        description: 'The API key. Any, unless the sandbox was started with one.',
      },
    },
  },
};
