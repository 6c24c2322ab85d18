import { describe, expect, it } from '@jest/globals';
import { ConfigurationError, type SandboxFault } from 'nestjs-webengage/sandbox';
import { useSandbox } from '../../support/sandbox-context.js';

type Problem = readonly [path: string, message: string];

const NEEDS_ONE: Problem = ['fault', 'needs one of status, rate, hang, reset and latency'];
const HUGE = Number.MAX_SAFE_INTEGER;

const WRONG: readonly (readonly [name: string, fault: unknown, ...problems: Problem[]])[] = [
  ['nothing', {}, NEEDS_ONE],
  ['no effect', { calls: 3 }, NEEDS_ONE],
  ['a String as status', { status: '503' }, ['status', 'must be a whole number from 200 to 599, but is a String']],
  ['a status of 199', { status: 199 }, ['status', 'must be a whole number from 200 to 599, but is 199']],
  ['a status of 600', { status: 600 }, ['status', 'must be a whole number from 200 to 599, but is 600']],
  ['half a call', { status: 503, calls: 0.5 }, ['calls', `must be a whole number from 1 to ${HUGE}, but is 0.5`]],
  ['no call', { status: 503, calls: 0 }, ['calls', `must be a whole number from 1 to ${HUGE}, but is 0`]],
  ['null calls', { status: 503, calls: null }, ['calls', `must be a whole number from 1 to ${HUGE}, but is null`]],
  ['a negative rate', { rate: -1 }, ['rate', `must be a whole number from 0 to ${HUGE}, but is -1`]],
  ['too long a latency', { latency: 600_001 }, ['latency', 'must be a whole number from 0 to 600000, but is 600001']],
  ['hang: false', { hang: false }, ['hang', 'must be true, or absent']],
  ['a probability of 2', { hang: true, probability: 2 }, ['probability', 'must be a number from 0 to 1, but is 2']],
  [
    'a text as chance',
    { hang: true, probability: 'x' },
    ['probability', 'must be a number from 0 to 1, but is a String'],
  ],
  ['a seed alone', { hang: true, seed: 1 }, ['seed', 'goes with probability only']],
  ['a message without a status', { hang: true, message: 'x' }, ['message', 'goes with status only']],
  [
    'a Number as message',
    { status: 503, message: 7 },
    ['message', 'must be a String of at most 1000 characters, but is a Number'],
  ],
  [
    'a line break in Retry-After',
    { status: 503, retryAfter: '1\r\nX: 1' },
    ['retryAfter', 'must be a number of seconds from 0, or a date of HTTP'],
  ],
  [
    'a negative Retry-After',
    { status: 503, retryAfter: -1 },
    ['retryAfter', 'must be a number of seconds from 0, or a date of HTTP'],
  ],
  [
    'another moment to reset',
    { reset: 'during ingestion' },
    ['reset', 'must be one of "before ingestion", "after ingestion", but is something else'],
  ],
  ['two endings', { status: 503, hang: true }, ['status, hang', 'exclude one another; add a fault for each']],
];

describe('a wrong fault', () => {
  const context = useSandbox();

  it.each(WRONG)('is refused: %s', async (_name, fault, ...problems) => {
    expect(problemsOf(fault)).toEqual(problems);
    const { status, body } = await context.ask('POST', '/api/faults', fault);
    expect(status).toBe(400);
    expect(body.problems.map(({ path, message }: { path: string; message: string }) => [path, message])).toEqual(
      problems,
    );
    expect(context.sandbox.faults.list()).toEqual([]);
  });

  it('is told with every problem at once', () => {
    const paths = problemsOf({ status: 'x', latency: -1, calls: 0, probability: 7, statos: 503 }).map(([path]) => path);
    expect(paths).toEqual(['status', 'latency', 'calls', 'probability', '"statos"']);
  });

  it.each([undefined, null, 503, 'hang', []])('is not an object: %p', (fault) => {
    expect(problemsOf(fault).map(([path]) => path)).toContain('fault');
  });

  it('is the hundred-and-first', () => {
    for (let index = 0; index < 100; index++) context.sandbox.faults.add({ latency: 0 });
    expect(problemsOf({ status: 503 })).toEqual([['fault', 'is one too many: 100 are at work; remove others first']]);
  });

  function problemsOf(fault: unknown): Problem[] {
    try {
      context.sandbox.faults.add(fault as SandboxFault);
      return [];
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigurationError);
      return (error as ConfigurationError).problems.map(({ option, message }) => [option, message]);
    }
  }
});
