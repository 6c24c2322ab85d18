import { json, jsonBody } from '../building-blocks.js';
import type { Header, Operation, Parameter, Paths, Response } from '../openapi.types.js';
import { exampleEvent } from '../schemas/webengage.schemas.js';

const tags = ["WebEngage's API"] as const;
const security = [{ apiKey: [] }];

const parameters: readonly Parameter[] = [
  {
    name: 'licenseCode',
    in: 'path',
    required: true,
    description: 'The account. Any, unless the sandbox was started with one.',
    schema: { type: 'string', minLength: 1 },
    example: '~2024bb40',
  },
  {
    name: 'x-request-id',
    in: 'header',
    description:
      'A random hex String. A re-attempt with the same one within 4 hours is answered with `queued`, but not taken in ' +
      'a second time, if an earlier one was. Documented by WebEngage for single calls.',
    schema: { type: 'string' },
    example: '96297a04f25e4c6a8f3c7c1a2b3d4e5f',
  },
];

const rateLimits: Readonly<Record<string, Header>> = {
  'X-RateLimit-Limit': { description: 'Calls that a minute allows.', schema: { type: 'string', pattern: '^\\d+$' } },
  'X-RateLimit-Remaining': {
    description: 'Calls that are left in this minute.',
    schema: { type: 'string', pattern: '^\\d+$' },
  },
};

const responses: Readonly<Record<string, Response>> = {
  201: json('Accepted. What breaks a rule is silently dropped; the sandbox shows what.', 'Queued', rateLimits),
  400: json('The body has not the shape of an event. Nothing was taken in.', 'WebEngageError', rateLimits),
  401: json('The key is wrong or missing.', 'WebEngageError'),
  404: json('The license code is not that of the sandbox.', 'WebEngageError'),
  413: json('The body is larger than 32 MiB, or holds more than 250,000 values.', 'WebEngageError'),
  429: json('The quota of this minute is used up.', 'WebEngageError', rateLimits),
  503: json('Too many large calls at once.', 'WebEngageError'),
  default: json('What a fault of the sandbox answers, with the status that was given to it.', 'WebEngageError'),
};

function operation(about: Pick<Operation, 'operationId' | 'summary' | 'description' | 'requestBody'>): Operation {
  return { ...about, tags, security, parameters, responses };
}

export const webEngagePaths: Paths = {
  '/v1/accounts/{licenseCode}/events': {
    post: operation({
      operationId: 'trackEvent',
      summary: 'Tracks one event',
      description: '5,000 calls a minute for each account, unless the sandbox was started with another quota.',
      requestBody: jsonBody('WebEngageEvent', exampleEvent),
    }),
  },
  '/v1/accounts/{licenseCode}/bulk-events': {
    post: operation({
      operationId: 'trackEvents',
      summary: 'Tracks up to 25 events, all or none',
      description: '500 calls a minute for each account, unless the sandbox was started with another quota.',
      requestBody: jsonBody('WebEngageEvents', { events: [exampleEvent] }),
    }),
  },
};
