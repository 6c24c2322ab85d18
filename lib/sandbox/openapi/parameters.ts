import { VERDICTS } from '../arrivals/sandbox-arrival.js';
import type { Parameter } from './openapi.types.js';

/** Which events are meant. Each of them may be left out. */
export const eventFilters: readonly Parameter[] = [
  {
    name: 'event',
    in: 'query',
    description: "The event's name, in full.",
    schema: { type: 'string' },
    example: 'Added to Cart',
  },
  {
    name: 'user',
    in: 'query',
    description: "The event's `userId` or `anonymousId`, in full.",
    schema: { type: 'string' },
    example: 'johndoe',
  },
  {
    name: 'eventContains',
    in: 'query',
    description: "What stands somewhere in the event's name, in upper or lower case.",
    schema: { type: 'string' },
    example: 'cart',
  },
  {
    name: 'userContains',
    in: 'query',
    description: "What stands somewhere in the event's `userId`, or else its `anonymousId`, in upper or lower case.",
    schema: { type: 'string' },
    example: 'john',
  },
  {
    name: 'text',
    in: 'query',
    description: 'What stands somewhere in the event, or in what became of it, in upper or lower case.',
    schema: { type: 'string' },
    example: 'givenchy',
  },
  {
    name: 'verdict',
    in: 'query',
    description: 'What became of the event: one of these, where it is given several times.',
    schema: { type: 'array', items: { type: 'string', enum: VERDICTS } },
  },
  {
    name: 'problems',
    in: 'query',
    description: 'Only events with which something is wrong.',
    schema: { type: 'boolean', default: false },
  },
  {
    name: 'after',
    in: 'query',
    description:
      'Only events after the one with this `id`: that came in after it, or, for a wait, that were ingested after it.',
    schema: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
  },
];

export const limit: Parameter = {
  name: 'limit',
  in: 'query',
  description: 'How many events are listed at most, the oldest of them.',
  schema: { type: 'integer', minimum: 0, maximum: 100_000, default: 1_000 },
};

export const timeout: Parameter = {
  name: 'timeout',
  in: 'query',
  description: 'How long it waits, in milliseconds.',
  schema: { type: 'integer', minimum: 0, maximum: 60_000, default: 5_000 },
};

export const lastEventId: Parameter = {
  name: 'Last-Event-ID',
  in: 'header',
  description: 'What a client saw last. It is then told only of what changed since; browsers send it by themselves.',
  schema: { type: 'string' },
};

export function id(of: string): Parameter {
  return {
    name: 'id',
    in: 'path',
    required: true,
    description: `The \`id\` of the ${of}.`,
    schema: { type: 'integer', minimum: 0, maximum: 999_999_999_999_999 },
    example: 1,
  };
}
