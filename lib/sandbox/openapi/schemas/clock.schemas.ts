import { milliseconds, object } from '../building-blocks.js';
import type { Schema } from '../openapi.types.js';

export const clockSchemas: Readonly<Record<string, Schema>> = {
  Clock: {
    ...object("The sandbox's time.", {
      now: milliseconds,
      stopped: { type: 'boolean', description: 'Whether the time stands still, since it was set.' },
    }),
    examples: [{ now: 1_767_225_600_000, stopped: true }],
  },
  ClockTime: object('A time to stop the clock at.', {
    now: {
      description: 'Milliseconds since 1970, or an ISO 8601 String.',
      anyOf: [
        { type: 'number', minimum: -8_640_000_000_000_000, maximum: 8_640_000_000_000_000 },
        { type: 'string', minLength: 1 },
      ],
    },
  }),
  ClockAdvance: object('How far the clock is moved.', {
    milliseconds: { type: 'number', description: 'How far it is moved on, in milliseconds; back, if it is negative.' },
  }),
};
