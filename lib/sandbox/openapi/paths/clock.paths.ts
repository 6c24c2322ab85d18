import { anyProblem, json, jsonBody } from '../building-blocks.js';
import type { Paths } from '../openapi.types.js';

const tags = ['Clock'] as const;
const wrong = json('This is no time.', 'Problem');

export const clockPaths: Paths = {
  '/api/clock': {
    get: {
      operationId: 'getClock',
      tags,
      summary: "Shows the sandbox's time",
      responses: { 200: json('The time.', 'Clock'), ...anyProblem },
    },
    put: {
      operationId: 'setClock',
      tags,
      summary: 'Stops the clock at a time',
      requestBody: jsonBody('ClockTime', { now: '2026-01-01T00:00:59Z' }),
      responses: { 200: json('The time as it is now.', 'Clock'), 400: wrong, ...anyProblem },
    },
    delete: {
      operationId: 'resetClock',
      tags,
      summary: "Follows the system's time again",
      responses: { 200: json('The time as it is now.', 'Clock'), ...anyProblem },
    },
  },
  '/api/clock/advance': {
    post: {
      operationId: 'advanceClock',
      tags,
      summary: 'Moves the clock on, whether it runs or stands still',
      requestBody: jsonBody('ClockAdvance', { milliseconds: 60_000 }),
      responses: { 200: json('The time as it is now.', 'Clock'), 400: wrong, ...anyProblem },
    },
  },
};
