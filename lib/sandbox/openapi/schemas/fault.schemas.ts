import { count, object, schemaRef } from '../building-blocks.js';
import type { Schema } from '../openapi.types.js';

const ENDINGS = ['status', 'rate', 'hang', 'reset'];

const given: Readonly<Record<string, Schema>> = {
  status: {
    type: 'integer',
    minimum: 200,
    maximum: 599,
    description: 'The call is answered with this status, and nothing of it is taken in.',
  },
  message: { type: 'string', maxLength: 1_000, description: 'With `status`: the message of the answer.' },
  retryAfter: {
    description: "With `status`: the answer's `Retry-After`, in seconds or as a date of HTTP.",
    anyOf: [
      { type: 'number', minimum: 0 },
      { type: 'string', pattern: '^[ -~]{1,100}$' },
    ],
  },
  rate: {
    type: 'integer',
    minimum: 0,
    description: "So many calls are let through within a second of the sandbox's clock; others are answered with 429.",
  },
  hang: { type: 'boolean', const: true, description: 'The call is never answered, until its client leaves.' },
  reset: {
    type: 'string',
    enum: ['before ingestion', 'after ingestion'],
    description: 'The connection is reset, before the call is taken in or after it.',
  },
  latency: {
    type: 'integer',
    minimum: 0,
    maximum: 600_000,
    description: 'How long a call waits before anything happens to it, in milliseconds. Alone, or with another.',
  },
  calls: {
    type: 'integer',
    minimum: 1,
    description:
      'How many calls it is for, not counting those that an earlier fault ends; absent: all, until it is removed.',
  },
  probability: {
    type: 'number',
    minimum: 0,
    maximum: 1,
    description: 'How likely each of these calls is spoilt; absent: each of them is.',
  },
  seed: { type: 'integer', description: 'With `probability`: the same seed spoils the same calls again.' },
};

const fault: Schema = {
  type: 'object',
  description:
    "Something that goes wrong with calls to WebEngage's API: one of `status`, `rate`, `hang` and `reset`, or `latency` " +
    'alone. `latency` may go with each of the others.',
  properties: given,
  additionalProperties: false,
  oneOf: [
    ...ENDINGS.map((field) => ({ required: [field] })),
    { required: ['latency'], not: { anyOf: ENDINGS.map((field) => ({ required: [field] })) } },
  ],
  dependentRequired: { message: ['status'], retryAfter: ['status'], seed: ['probability'] },
  examples: [{ status: 503, retryAfter: 2, calls: 3 }],
};

const activeFault: Schema = {
  type: 'object',
  description: 'A fault that is at work: what was given, and what it has done so far.',
  properties: {
    id: { type: 'integer', minimum: 1, description: 'What to remove it by.' },
    ...given,
    applied: { ...count, description: 'How many calls it has spoilt.' },
    callsLeft: { ...count, description: 'How many calls it is still for, where `calls` was given.' },
    description: { type: 'string', description: 'What it does, in words.' },
  },
  required: ['id', 'applied', 'description'],
  examples: [
    {
      id: 1,
      status: 503,
      retryAfter: 2,
      calls: 3,
      applied: 1,
      callsLeft: 2,
      description: 'answers 503 with Retry-After "2": the next 3 calls',
    },
  ],
};

export const faultSchemas: Readonly<Record<string, Schema>> = {
  Fault: fault,
  ActiveFault: activeFault,
  ActiveFaults: object('The faults that are at work, in the order in which they were added.', {
    faults: { type: 'array', items: schemaRef('ActiveFault') },
  }),
};
