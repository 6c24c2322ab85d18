import { violation, type Violation } from './violation.js';

/** The rule of an event's size. `bytes` is undefined where reading ended early, because the event outgrew the limit. */
export function eventBytesViolation(path: string, limit: number, bytes: number | undefined): Violation {
  const actual = bytes === undefined ? 'is larger' : `has ${bytes}`;
  return violation(path, 'eventBytes', `must have at most ${limit} bytes of JSON, but ${actual}`);
}
