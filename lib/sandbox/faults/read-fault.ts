import { describeValue, quote } from '../../common/describe-value.js';
import { OptionProblems } from '../../configuration/option-problems.js';
import { ConfigurationError } from '../../errors/configuration.error.js';
import type { SandboxFault } from './sandbox-fault.js';

const MAX_LATENCY = 600_000;
const MAX_MESSAGE = 1_000;
/** Seconds, or a date as HTTP writes it: `Wed, 21 Oct 2026 07:28:00 GMT`. */
const SECONDS = /^\d{1,15}$/;
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
const FIELDS = ['status', 'message', 'retryAfter', 'rate', 'hang', 'reset', 'latency', 'calls', 'probability', 'seed'];
const ENDINGS = ['status', 'rate', 'hang', 'reset'] as const;
const RESETS = ['before ingestion', 'after ingestion'] as const;

/**
 * Checks what was given as a fault.
 *
 * @throws {ConfigurationError} lists everything that is wrong with it
 */
export function readFault(given: unknown): SandboxFault {
  const problems = new OptionProblems({});
  const fault = problems.object('fault', given);
  // What was given and is wrong is reported; the default stands for what was not given.
  const number = (field: string, min: number, max?: number): void =>
    void problems.wholeNumber(field, fault[field], 0, min, max);
  number('status', 200, 599);
  number('rate', 0);
  number('latency', 0, MAX_LATENCY);
  number('calls', 1);
  number('seed', Number.MIN_SAFE_INTEGER);
  problems.oneOf('reset', fault.reset, RESETS, RESETS[0]);
  if (fault.hang !== undefined && fault.hang !== true) problems.add('hang', 'must be true, or absent');
  checkProbability(problems, fault.probability);
  checkMessage(problems, fault.message);
  checkRetryAfter(problems, fault.retryAfter);
  checkTogether(problems, fault);
  if (problems.found.length > 0) throw new ConfigurationError(problems.found, 'The fault');
  return { ...fault };
}

function checkProbability(problems: OptionProblems, value: unknown): void {
  if (value === undefined || (typeof value === 'number' && value >= 0 && value <= 1)) return;
  const actual = typeof value === 'number' ? String(value) : describeValue(value);
  problems.add('probability', `must be a number from 0 to 1, but is ${actual}`);
}

function checkMessage(problems: OptionProblems, value: unknown): void {
  if (value === undefined || (typeof value === 'string' && value.length <= MAX_MESSAGE)) return;
  const actual = typeof value === 'string' ? `has ${value.length}` : `is ${describeValue(value)}`;
  problems.add('message', `must be a String of at most ${MAX_MESSAGE} characters, but ${actual}`);
}

function checkRetryAfter(problems: OptionProblems, value: unknown): void {
  if (value === undefined || (typeof value === 'number' && value >= 0 && Number.isFinite(value))) return;
  const isDate = typeof value === 'string' && HTTP_DATE.test(value) && !Number.isNaN(Date.parse(value));
  if (isDate || (typeof value === 'string' && SECONDS.test(value))) return;
  problems.add('retryAfter', 'must be a number of seconds from 0, or a date of HTTP');
}

function checkTogether(problems: OptionProblems, fault: Record<string, unknown>): void {
  for (const field of Object.keys(fault)) {
    if (!FIELDS.includes(field)) problems.add(quote(field), `is no field of a fault; these are: ${FIELDS.join(', ')}`);
  }
  const endings = ENDINGS.filter((field) => fault[field] !== undefined);
  if (endings.length > 1) problems.add(endings.join(', '), 'exclude one another; add a fault for each');
  if (endings.length === 0 && fault.latency === undefined) {
    problems.add('fault', `needs one of ${ENDINGS.join(', ')} and latency`);
  }
  for (const field of ['message', 'retryAfter']) {
    if (fault[field] !== undefined && fault.status === undefined) problems.add(field, 'goes with status only');
  }
  if (fault.seed !== undefined && fault.probability === undefined) problems.add('seed', 'goes with probability only');
}
